import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import {
  type WaterfallData,
  waterfallChart,
  waterfallTable,
  waterfallText,
} from '../../../../shared/charts/decomposition-waterfall.ts';
import { partitionName } from '../../../../shared/charts/partition-splits.ts';
import type { AccuracyComparison, PartitionSplit } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { counted } from '../../../../shared/units.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { evidenceOf } from './evidence-of.ts';
import classes from './panels.module.css';
import { sameSegment } from './route-selection.ts';
import { primaryUnit } from './wording.ts';

/**
 * The partition shown first: for a change of mix the one that leaves least to explain, which is why the word was chosen;
 * otherwise the first admissible one.
 */
export const statedPartition = ({ word, partitions }: AccuracyComparison['explanation']): PartitionSplit | null => {
  const admissible = partitions.filter((split) => split.admissible);
  const first = admissible[0] ?? partitions[0] ?? null;
  if (word !== 'mix') return first;
  const left = (split: PartitionSplit) => Math.abs(split.relation.value ?? Number.POSITIVE_INFINITY);
  return (
    admissible.reduce<PartitionSplit | null>(
      (best, split) => (!best || left(split) < left(best) ? split : best),
      null,
    ) ?? first
  );
};

/** The metric of the rows explained: of everything, or of the segment the explanation is about. */
export const explainedSides = ({ explanation, metrics, segments, settings }: AccuracyComparison) =>
  Object.keys(explanation.scope).length === 0
    ? metrics[settings.metric]
    : segments.find(({ segment }) => sameSegment(segment, explanation.scope));

const keyOf = (split: PartitionSplit): string => JSON.stringify(split.columns);

/** The change as steps from before to now, over one named partition, with what the others say. */
export const WaterfallPanel = ({
  comparison,
  request,
}: {
  comparison: AccuracyComparison;
  request: CompareRequest;
}) => {
  const palette = useChartPalette();
  const [picked, setPicked] = useState<string | null>(null);
  const { explanation, settings } = comparison;
  const unit = primaryUnit(comparison);
  const split = explanation.partitions.find((one) => keyOf(one) === picked) ?? statedPartition(explanation);
  const sides = explainedSides(comparison);
  const data = useMemo(
    (): WaterfallData | null =>
      split && sides
        ? {
            reference: sides.reference,
            current: sides.current,
            split,
            partitions: explanation.partitions,
            higherIsBetter: comparison.metrics[settings.metric]?.higherIsBetter ?? null,
            unit,
          }
        : null,
    [split, sides, explanation, comparison, settings.metric, unit],
  );
  const option = useMemo(() => (data ? waterfallChart(data, palette) : null), [data, palette]);
  const table = useMemo(() => (data ? waterfallTable(data) : null), [data]);
  return (
    <EvidencePanel
      title="From before to now"
      note={
        <>
          within <SegmentLabel segment={explanation.scope} />
        </>
      }
      evidence={evidenceOf(comparison, request, {
        pointer: '/explanation/partitions',
        json: { stated: split, partitions: explanation.partitions },
        methods: split ? methodsOf([split.mix, split.relation, split.unseen]) : [],
      })}
    >
      {data && option && table ? (
        <>
          {explanation.partitions.length > 1 ? (
            <NativeSelect
              aria-label="Partition"
              className={classes.choice}
              size="xs"
              value={keyOf(data.split)}
              onChange={(event) => setPicked(event.currentTarget.value)}
              data={explanation.partitions.map((one) => ({
                value: keyOf(one),
                label: `by ${partitionName(one.columns)}${one.admissible ? '' : ' (not admissible)'}`,
              }))}
            />
          ) : null}
          <Chart label={waterfallText(data)} option={option} table={table} height={290} />
          <p className={classes.hint}>
            The split depends on what is conditioned on: {counted(explanation.partitions.length, 'partition')} tried,
            one drawn, the range of the admissible ones beside each step.
          </p>
        </>
      ) : (
        <p className={classes.hint}>There was no change to take apart.</p>
      )}
    </EvidencePanel>
  );
};
