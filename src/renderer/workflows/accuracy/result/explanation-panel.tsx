import { useMemo } from 'react';
import { kindMeaning, primaryUnit, toleranceText } from '../../../../shared/accuracy-words.ts';
import {
  type PartitionSplitsData,
  partitionName,
  partitionSplitsChart,
  partitionSplitsHeight,
  partitionSplitsTable,
  splitText,
} from '../../../../shared/charts/partition-splits.ts';
import type { AccuracyComparison, PartitionSplit } from '../../../../shared/model/comparison.ts';
import type { SliceRequest } from '../../../../shared/model/request.ts';
import { segmentText } from '../../../../shared/segment-text.ts';
import { count, counted, decimal, difference, interval, percent, points, type Unit } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { evidenceOf } from './evidence-of.ts';
import { explainedRows } from './explained-rows.ts';
import classes from './panels.module.css';
import { UnexplainedPanel } from './seen-place.tsx';
import { useExplained } from './use-when-seen.ts';

const rangeText = (partitions: readonly PartitionSplit[], term: 'mix' | 'relation', unit: Unit): string => {
  const values = partitions
    .filter((split) => split.admissible)
    .map((split) => split[term].value)
    .filter((value): value is number => value !== null);
  if (values.length === 0) return 'unknown: no admissible partition';
  const print = (value: number) => (unit === 'share' ? points(value) : difference(value));
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return print(low) === print(high) ? print(low) : `${print(low)} … ${print(high)}`;
};

const Faults = ({ faults }: { faults: AccuracyComparison['explanation']['faults'] }) => (
  <>
    <h3 className={classes.subtitle}>Faults in the input where the drop is</h3>
    <ul className={classes.list}>
      {faults.map((fault) => (
        <li key={`${fault.feature} ${fault.kind} ${segmentText(fault.segment)}`}>
          <strong>{visibleText(fault.feature)}</strong> {visibleText(fault.kind)} in{' '}
          <SegmentLabel segment={fault.segment} />:{' '}
          {/null|share/i.test(fault.kind)
            ? `${percent(fault.reference)} → ${percent(fault.current)}`
            : `${decimal(fault.reference)} → ${decimal(fault.current)}`}
        </li>
      ))}
    </ul>
  </>
);

const TITLE = 'What kind of change';

const Explained = ({ comparison, request }: { comparison: AccuracyComparison; request: SliceRequest }) => {
  const palette = useChartPalette();
  const { explanation, settings } = comparison;
  const unit = primaryUnit(comparison);
  const data = useMemo(
    (): PartitionSplitsData => ({
      partitions: explanation.partitions,
      labelFirst: explanation.labelFirst,
      delta: settings.delta,
      unit,
    }),
    [explanation, settings.delta, unit],
  );
  const option = useMemo(() => partitionSplitsChart(data, palette), [data, palette]);
  const table = useMemo(() => partitionSplitsTable(data), [data]);
  const admissible = explanation.partitions.filter((split) => split.admissible);
  const refused = explanation.partitions.filter((split) => !split.admissible);
  const estimates = explanation.partitions.flatMap((split) => [split.mix, split.relation, split.unseen]);
  return (
    <EvidencePanel
      title={TITLE}
      note={
        <>
          within <SegmentLabel segment={explainedRows(comparison, request)} />
        </>
      }
      evidence={evidenceOf(comparison, request, {
        pointer: '/explanation',
        json: explanation,
        methods: methodsOf(estimates),
      })}
    >
      <p className={classes.word}>{explanation.word}</p>
      <p className={classes.text}>{kindMeaning[explanation.word]}</p>
      <p className={classes.reasonText}>What decides it: {visibleText(explanation.reason.replace(/\.$/, ''))}.</p>
      {explanation.partitions.length > 0 || explanation.labelFirst ? (
        <>
          <Chart
            label={`Mix, relation and unseen by partition. ${admissible
              .map((split) => `${partitionName(split.columns)}: ${splitText(split, unit)}`)
              .join('; ')}`}
            option={option}
            table={table}
            height={partitionSplitsHeight(data)}
          />
          <dl className={classes.inline}>
            <div>
              <dt>admissible</dt>
              <dd>
                {count(admissible.length)} of {count(explanation.partitions.length)}
              </dd>
            </div>
            <div>
              <dt>mix, range</dt>
              <dd>{rangeText(explanation.partitions, 'mix', unit)}</dd>
            </div>
            <div>
              <dt>relation, range</dt>
              <dd>{rangeText(explanation.partitions, 'relation', unit)}</dd>
            </div>
            {explanation.labelFirst ? (
              <div>
                <dt>label first</dt>
                <dd>relation {interval(explanation.labelFirst.relation, unit, 'change')}</dd>
              </div>
            ) : null}
          </dl>
          <p className={classes.hint}>
            Shaded: the tolerance of {toleranceText(settings.delta, unit)}, inside which a term counts as none. Label
            first (diamonds) is another way to split the same change, not one more term.
          </p>
        </>
      ) : (
        <p className={classes.hint}>There was no change to take apart.</p>
      )}
      {refused.length > 0 ? (
        <details className={classes.details}>
          <summary>{counted(refused.length, 'partition')} set aside, drawn hollow: why</summary>
          <ul className={classes.list}>
            {refused.map((split) => (
              <li key={split.columns.join()}>
                {partitionName(split.columns)}: {visibleText(split.reason ?? 'no reason was given')}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {explanation.faults.length > 0 ? <Faults faults={explanation.faults} /> : null}
    </EvidencePanel>
  );
};

/** What kind of change it is, over every partition that was tried. */
export const ExplanationPanel = ({
  comparison,
  request,
}: {
  comparison: AccuracyComparison;
  request: SliceRequest;
}) => {
  const answer = useExplained(comparison, request);
  if (answer.document) return <Explained comparison={answer.document} request={request} />;
  return (
    <UnexplainedPanel
      title={TITLE}
      pointer="/explanation"
      comparison={comparison}
      request={request}
      answer={answer}
      what="the kind of change"
      height={190}
    />
  );
};
