import { useMemo } from 'react';
import {
  type ChangeRulerData,
  changeRulerChart,
  changeRulerHeight,
  changeRulerTable,
  changeRulerText,
} from '../../../../shared/charts/change-ruler.ts';
import type { Estimate } from '../../../../shared/model/estimate.ts';
import type { RunSummary, ThroughputComparison } from '../../../../shared/model/throughput-comparison.ts';
import {
  decidedVerdict,
  metricQuantity,
  runMetricName,
  throughputBlindSpot,
} from '../../../../shared/throughput-words.ts';
import { count, counted, instant, percent, relative, relativeInterval } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { VerdictBadge } from '../../../ui/verdict-badge.tsx';
import layout from '../../../ui/verdict-layout.module.css';
import panels from '../panels.module.css';
import { sourceNames, workloadsName } from '../run-list.ts';
import { evidenceOf } from './comparison-evidence.ts';
import classes from './outcome-panel.module.css';
import type { ShownPart } from './shown-part.ts';

export interface ComparisonProps {
  comparison: ThroughputComparison;
  part: ShownPart;
}

const lessOne = (ratio: Estimate): Estimate => ({
  ...ratio,
  value: ratio.value === null ? null : ratio.value - 1,
  low: ratio.low === null ? null : ratio.low - 1,
  high: ratio.high === null ? null : ratio.high - 1,
});

const daysOf = (runs: readonly RunSummary[]): string => {
  const known = runs.flatMap(({ startedAt }) => startedAt ?? []).toSorted();
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return 'when they ran is unknown';
  return first.slice(0, 10) === last.slice(0, 10) ? instant(first) : `${instant(first)} … ${instant(last)}`;
};

const SideFact = ({ name, runs }: { name: string; runs: readonly RunSummary[] }) => {
  const names = sourceNames(runs);
  return (
    <div data-side={name}>
      <dt>{name}</dt>
      <dd>
        {counted(runs.length, 'run')} of {visibleText(workloadsName(runs))}
        <span className={panels.quiet}>
          {visibleText(names.slice(0, 2).join('; '))}
          {names.length > 2 ? ` and ${count(names.length - 2)} more` : ''}
          {names.length > 0 ? ', ' : ''}
          {daysOf(runs)}
        </span>
      </dd>
    </div>
  );
};

const Refusal = ({ reasons }: { reasons: readonly string[] }) => (
  <section className={classes.refusal} aria-label="Why they may not be compared">
    <h3 className={panels.subtitle}>What differs</h3>
    <ul className={panels.list}>
      {reasons.map((reason) => (
        <li key={reason}>
          <Icon name="cross" size={11} /> {visibleText(reason)}
        </li>
      ))}
    </ul>
    <p className={panels.quiet}>
      Runs are compared only when they executed the same workload: choose runs of one workload, precision and batch, or
      measure the baseline’s workload again.
    </p>
  </section>
);

const Change = ({ comparison, part }: ComparisonProps) => {
  const { metric, delta } = comparison.settings;
  const compared = part.metrics[metric];
  if (!compared) return null;
  const { baseline, candidate, ratio, verdict, withExclusions } = compared;
  return (
    <dl className={`${layout.facts} ${classes.facts}`}>
      <div>
        <dt>
          {runMetricName(metric)}
          {part.name === null ? '' : ` of ${visibleText(part.name)}`}
        </dt>
        <dd>
          <span className={classes.before}>{metricQuantity(metric, baseline.value, part.item)}</span>{' '}
          <span aria-hidden="true">→</span>{' '}
          <span className={classes.value}>{metricQuantity(metric, candidate.value, part.item)}</span>
        </dd>
      </div>
      <div>
        <dt>change</dt>
        <dd>
          <span className={classes.value} data-verdict={verdict}>
            {ratio.value === null ? 'unknown' : relative(ratio.value)}
          </span>
          <span className={panels.quiet}>
            {ratio.value === null
              ? visibleText(ratio.reason ?? '')
              : `${relativeInterval(ratio)} at ${percent(ratio.level, 0)}, tolerance ±${percent(delta)}`}
          </span>
        </dd>
      </div>
      <div>
        <dt>with nothing left out</dt>
        <dd>
          {withExclusions ? (
            <>
              <span className={classes.value}>{relative(withExclusions.ratio.value)}</span>
              <span className={panels.quiet}>
                {relativeInterval(withExclusions.ratio)},{' '}
                {withExclusions.verdict === verdict ? 'the same verdict' : withExclusions.verdict}
              </span>
            </>
          ) : (
            <span className={panels.quiet}>no rule took a sample out, so it is the same</span>
          )}
        </dd>
      </div>
      <div>
        <dt>runs</dt>
        <dd>
          <span className={classes.value}>
            {count(part.baseline.length)} → {count(part.candidate.length)}
          </span>
          <span className={panels.quiet}>
            {part.concurrency}
            {part.provisional ? '; provisional: fewer than five a side' : ''}
          </span>
        </dd>
      </div>
    </dl>
  );
};

/** The verdict with what it rests on, or why there is none and what would give one. */
export const OutcomePanel = ({ comparison, part }: ComparisonProps) => {
  const palette = useChartPalette();
  const { settings, verdict, missing, remarks, excludedRuns } = comparison;
  const ruler = useMemo(
    (): ChangeRulerData => ({
      delta: settings.delta,
      unit: 'ratio',
      rows: Object.entries(part.metrics)
        .filter(([, { ratio }]) => ratio.value !== null)
        .sort(([a], [b]) => Number(b === settings.metric) - Number(a === settings.metric))
        .map(([metric, { ratio, verdict: own }]) => ({
          name: runMetricName(metric),
          change: lessOne(ratio),
          verdict: decidedVerdict(own),
        })),
    }),
    [part, settings],
  );
  const option = useMemo(() => changeRulerChart(ruler, palette), [ruler, palette]);
  const table = useMemo(() => changeRulerTable(ruler), [ruler]);
  const needed = part.runsNeeded;
  return (
    <EvidencePanel
      title="What happened"
      provisional={comparison.provisional}
      evidence={evidenceOf(comparison, {
        pointer: '',
        json: comparison,
        methods: methodsOf(Object.values(part.metrics).map(({ ratio }) => ratio)),
      })}
    >
      <div className={layout.answer}>
        <VerdictBadge verdict={verdict} size="lg" />
        <p className={`${layout.summary} ${classes.summary}`}>{visibleText(comparison.summary)}</p>
      </div>
      {missing ? (
        <p className={classes.missing}>
          What would decide it: {visibleText(missing)}
          {needed !== null && !missing.includes(String(needed)) ? `; ${counted(needed, 'run')} a side in all` : ''}
        </p>
      ) : null}
      {comparison.comparable ? null : <Refusal reasons={comparison.reasons} />}
      <Change comparison={comparison} part={part} />
      <div className={classes.reasons}>
        {ruler.rows.length > 0 ? (
          <section aria-label="Change against the tolerance">
            <h3 className={panels.subtitle}>Change against the tolerance</h3>
            <Chart
              label={`Change against the tolerance. ${changeRulerText(ruler)}`}
              option={option}
              table={table}
              height={changeRulerHeight(ruler)}
            />
          </section>
        ) : null}
        <section aria-label="Terms of the comparison">
          <h3 className={panels.subtitle}>Compared on these terms</h3>
          <dl className={`${layout.terms} ${classes.terms}`}>
            <SideFact name="baseline" runs={comparison.baseline} />
            <SideFact name="candidate" runs={comparison.candidate} />
            <div>
              <dt>tolerance</dt>
              <dd>
                ±{percent(settings.delta)} of {runMetricName(settings.metric).toLowerCase()}{' '}
                <span className={panels.quiet}>fixed before looking</span>
              </dd>
            </div>
            {excludedRuns.length > 0 ? (
              <div>
                <dt>kept out</dt>
                <dd>
                  {counted(excludedRuns.length, 'run')}
                  <span className={panels.quiet}>
                    {visibleText(
                      [
                        ...new Set(
                          excludedRuns.flatMap(({ side, reasons }) => reasons.map((reason) => `${side}: ${reason}`)),
                        ),
                      ]
                        .slice(0, 4)
                        .join('; '),
                    )}
                  </span>
                </dd>
              </div>
            ) : null}
          </dl>
        </section>
      </div>
      {remarks.length > 0 || (comparison.comparable && comparison.reasons.length > 0) ? (
        <ul className={`${panels.list} ${classes.remarks}`}>
          {[...remarks, ...(comparison.comparable ? comparison.reasons : [])].map((remark) => (
            <li key={remark}>{visibleText(remark)}</li>
          ))}
        </ul>
      ) : null}
      <p className={layout.blind}>{throughputBlindSpot}</p>
    </EvidencePanel>
  );
};
