import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { waterfallChart, waterfallTable, waterfallText } from '../../../../shared/charts/decomposition-waterfall.ts';
import { partitionName } from '../../../../shared/charts/partition-splits.ts';
import { statedPartition, waterfallOf } from '../../../../shared/explained-change.ts';
import type { AccuracyComparison, PartitionSplit } from '../../../../shared/model/comparison.ts';
import type { SliceRequest } from '../../../../shared/model/request.ts';
import { counted } from '../../../../shared/units.ts';
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

const keyOf = (split: PartitionSplit): string => JSON.stringify(split.columns);

const TITLE = 'From before to now';

const Waterfall = ({ comparison, request }: { comparison: AccuracyComparison; request: SliceRequest }) => {
  const palette = useChartPalette();
  const [picked, setPicked] = useState<string | null>(null);
  const { explanation } = comparison;
  const split = explanation.partitions.find((one) => keyOf(one) === picked) ?? statedPartition(explanation);
  const data = useMemo(() => waterfallOf(comparison, split), [comparison, split]);
  const option = useMemo(() => (data ? waterfallChart(data, palette) : null), [data, palette]);
  const table = useMemo(() => (data ? waterfallTable(data) : null), [data]);
  return (
    <EvidencePanel
      title={TITLE}
      note={
        <>
          within <SegmentLabel segment={explainedRows(comparison, request)} />
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

/** The change as steps from before to now, over one named partition, with what the others say. */
export const WaterfallPanel = ({ comparison, request }: { comparison: AccuracyComparison; request: SliceRequest }) => {
  const answer = useExplained(comparison, request);
  if (answer.document) return <Waterfall comparison={answer.document} request={request} />;
  return (
    <UnexplainedPanel
      title={TITLE}
      pointer="/explanation/partitions"
      comparison={comparison}
      request={request}
      answer={answer}
      what="the parts of the change"
      height={290}
    />
  );
};
