import type { ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import { runMetricUnit } from '../../../../shared/throughput-words.ts';
import { count, counted, percent, quantity } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import panels from '../panels.module.css';
import { evidenceOf } from './run-evidence.ts';

const kinds: Record<NonNullable<ThroughputRun['steadyState']['kind']>, string> = {
  flat: 'flat from the beginning',
  'warm-up': 'faster after a warm-up, then flat',
  slowdown: 'slower after a first burst, then settled',
  'no steady state': 'no steady state',
};

const steadyWord = ({ reached }: ThroughputRun['steadyState']): string =>
  reached === null ? 'cannot be judged' : reached ? 'reached' : 'not reached';

const throttlingText = ({ share, reasons, representative }: ThroughputRun['throttling']): string =>
  share === null
    ? 'not known: nobody watched the clocks'
    : share === 0
      ? 'none was seen'
      : `${percent(share)} of the measured time${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}${
          representative === false ? '; so much that the rest does not speak for the executor' : ''
        }`;

/** How the run went: warm-up, steady state, throttling, output, and what was noted. */
export const CoursePanel = ({ run }: { run: ThroughputRun }) => {
  const { warmup, steadyState, throttling, session, runner } = run;
  return (
    <EvidencePanel
      title="Course of the run"
      evidence={evidenceOf(run, {
        pointer: '/steadyState',
        json: { warmup, steadyState, throttling, outputDigest: run.outputDigest, notes: run.notes ?? [] },
        methods: [warmup.rule, steadyState.rule],
      })}
    >
      <dl className={panels.facts}>
        <div>
          <dt>warm-up</dt>
          <dd>
            {warmup.samplesExcluded === 0
              ? 'nothing left out'
              : `${counted(warmup.samplesExcluded, 'sample')} left out`}
            <p className={panels.quiet}>
              {visibleText(warmup.reason)}; rule <code>{visibleText(warmup.rule)}</code>
            </p>
          </dd>
        </div>
        <div>
          <dt>steady state</dt>
          <dd>
            {steadyWord(steadyState)}
            {steadyState.kind ? `: ${kinds[steadyState.kind]}` : ''}
            <p className={panels.quiet}>
              {steadyState.reason ? `${visibleText(steadyState.reason)}; ` : ''}rule{' '}
              <code>{visibleText(steadyState.rule)}</code>
              {typeof steadyState.burst === 'number'
                ? `; first burst ${quantity(steadyState.burst, runMetricUnit('throughput', run.item))}`
                : ''}
            </p>
          </dd>
        </div>
        <div>
          <dt>throttling</dt>
          <dd>{visibleText(throttlingText(throttling))}</dd>
        </div>
        <div>
          <dt>output</dt>
          <dd>
            {run.outputDigest === null ? (
              <span className={panels.unknown}>no digest: a wrong answer at full speed would not be noticed</span>
            ) : (
              <code>{run.outputDigest.slice(0, 16)}</code>
            )}
          </dd>
        </div>
        <div>
          <dt>runner</dt>
          <dd>
            {runner
              ? visibleText(`${runner.name} ${runner.version ?? ''}`)
              : run.source
                ? visibleText(`${run.source.format}, ${run.source.file}`)
                : 'unknown: not recorded'}
            {session && session.of > 1 ? (
              <p className={panels.quiet}>
                run {count(session.position)} of {count(session.of)} in one session, order {session.order}
              </p>
            ) : null}
          </dd>
        </div>
      </dl>
      {run.notes && run.notes.length > 0 ? (
        <>
          <h3 className={panels.subtitle}>Left out or not known</h3>
          <ul className={panels.list}>
            {run.notes.map((note) => (
              <li key={note}>{visibleText(note)}</li>
            ))}
          </ul>
        </>
      ) : null}
    </EvidencePanel>
  );
};
