import { useMemo } from 'react';
import { runSamplesChart, runSamplesSteps, runSamplesTable } from '../../../../shared/charts/run-samples.ts';
import type { RunTime } from '../../../../shared/charts/run-time.ts';
import type { ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import { count, counted } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Chart } from '../../../charts/chart.tsx';
import { ChartKey } from '../../../charts/chart-key.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import panels from '../panels.module.css';
import { countedSamples, evidenceOf } from './run-evidence.ts';
import classes from './samples-panel.module.css';

export const runGroup = 'run-time';

const Key = () => (
  <ChartKey>
    <li>
      <svg width="12" height="12" aria-hidden="true" className={classes.counts}>
        <circle cx="6" cy="6" r="3" />
      </svg>
      counts
    </li>
    <li>
      <svg width="12" height="12" aria-hidden="true" className={classes.out}>
        <path d="M6 1.5 10.5 6 6 10.5 1.5 6z" />
      </svg>
      taken out by a rule
    </li>
    <li>
      <svg width="12" height="12" aria-hidden="true" className={classes.other}>
        <circle cx="6" cy="6" r="3" />
      </svg>
      another phase
    </li>
    <li>
      <svg width="12" height="12" aria-hidden="true" className={classes.out}>
        <path d="M6 2 10 9H2z" />
      </svg>
      above the picture
    </li>
  </ChartKey>
);

/** Rules with the number of samples each took out, also where the run itself does not list them. */
const exclusionsOf = (run: ThroughputRun): { rule: string; samples: number; reason: string }[] => {
  if (run.exclusions) return run.exclusions;
  const reasons = run.samples.flatMap(({ phase, excluded }) =>
    phase === 'measure' && excluded !== null ? [excluded] : [],
  );
  return [...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => ({
    rule: '',
    samples: all.length,
    reason,
  }));
};

/** Every sample where it happened, those that do not count drawn and named. */
export const SamplesPanel = ({ run, time }: { run: ThroughputRun; time: RunTime | null }) => {
  const palette = useChartPalette();
  const data = useMemo(() => ({ samples: run.samples, time }), [run, time]);
  const option = useMemo(() => runSamplesChart(data, palette), [data, palette]);
  const table = useMemo(() => runSamplesTable(data), [data]);
  const steps = useMemo(() => runSamplesSteps(data), [data]);
  const out = exclusionsOf(run);
  return (
    <EvidencePanel
      title="Samples"
      note={
        run.samples.length === 0
          ? 'none in the file'
          : `${count(countedSamples(run).length)} of ${count(run.samples.length)} count`
      }
      evidence={evidenceOf(run, {
        pointer: '/samples',
        json: {
          phases: run.phases,
          steadyState: run.steadyState,
          exclusions: run.exclusions ?? null,
          samples: run.samples.slice(0, 2000),
          shown: Math.min(2000, run.samples.length),
          of: run.samples.length,
        },
        methods: [run.warmup.rule, run.steadyState.rule],
      })}
    >
      {run.samples.length === 0 ? (
        <p className={panels.text}>
          The file has statistics and no samples: steady state, tails and exclusions cannot be checked.
        </p>
      ) : (
        <>
          <Key />
          <Chart
            label={`Samples of the run: ${counted(run.samples.length, 'sample')}, ${count(countedSamples(run).length)} count`}
            option={option}
            table={table}
            steps={steps}
            height={270}
            {...(time ? { group: runGroup } : {})}
          />
        </>
      )}
      {out.length > 0 ? (
        <>
          <h3 className={panels.subtitle}>Taken out of the numbers, and why</h3>
          <ul className={panels.list}>
            {out.map(({ rule, samples, reason }) => (
              <li key={rule + reason}>
                <b>{counted(samples, 'sample')}</b> {visibleText(reason)}{' '}
                {rule ? <code>{visibleText(rule)}</code> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </EvidencePanel>
  );
};
