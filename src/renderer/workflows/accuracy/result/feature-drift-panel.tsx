import { useMemo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { FeatureDrift } from '../../../../shared/model/drift.ts';
import type { SliceRequest } from '../../../../shared/model/request.ts';
import { decimal, points } from '../../../../shared/units.ts';
import { visibleText, visibleValue } from '../../../../shared/visible-text.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import { evidenceOf } from './evidence-of.ts';
import { featureDriftTable } from './result-tables.ts';
import { SeenPlace } from './seen-place.tsx';
import { useFeatureDrift } from './use-when-seen.ts';

const number = (id: keyof FeatureDrift & string, title: string, hint: string): Column<FeatureDrift> => ({
  id,
  title,
  hint,
  align: 'right',
  width: '82px',
  value: (row) => row[id] as number | null,
  render: (row) => (row[id] === null ? '' : decimal(row[id] as number, 3)),
});

const columns: Column<FeatureDrift>[] = [
  {
    id: 'feature',
    title: 'Feature',
    width: 'minmax(130px, 1.3fr)',
    value: (row) => row.feature,
    render: (row) => <bdi title={row.reason}>{visibleText(row.feature)}</bdi>,
  },
  number('normalised', 'W1 / sd', 'Wasserstein distance over the reference standard deviation'),
  number('js', 'JS', 'Jensen-Shannon distance'),
  number('psi', 'PSI', 'Population stability index'),
  number('ks', 'KS', 'Kolmogorov-Smirnov statistic'),
  {
    id: 'nulls',
    title: 'Nulls',
    hint: 'Change of the null share',
    align: 'right',
    width: '88px',
    value: (row) => row.nullShareChange,
    render: (row) => (row.nullShareChange === null ? '' : points(row.nullShareChange, 2)),
  },
  {
    id: 'new',
    title: 'New categories',
    width: 'minmax(120px, 1fr)',
    value: (row) => row.newCategories?.map(visibleValue).join(', ') ?? null,
    render: (row) => row.reason ?? row.newCategories?.map(visibleValue).join(', ') ?? '',
  },
];

/** What moved among the inputs: kept for those who ask, never a reason to raise an alarm. */
export const FeatureDriftPanel = ({
  comparison,
  request,
}: {
  comparison: AccuracyComparison;
  request: SliceRequest;
}) => {
  const answer = useFeatureDrift(comparison, request);
  const { document } = answer;
  const features = document?.featureDrift;
  const table = useMemo(() => (document ? featureDriftTable(document) : undefined), [document]);
  return (
    <EvidencePanel
      title="Feature drift"
      note="stored for the question “what moved”, never an alarm"
      flush
      table={table}
      evidence={evidenceOf(comparison, request, {
        pointer: '/featureDrift',
        json: features ?? null,
        methods: methodsOf(features ?? []),
        ...(document ? { document } : {}),
      })}
    >
      {features ? (
        <DataTable
          label="Feature drift"
          tools={features.length > 15}
          columns={columns}
          rows={features}
          rowKey={(row) => row.feature}
          initialSort={{ column: 'normalised', descending: true }}
          maxHeight={330}
          rowHeight={28}
          empty="This dataset has no features beside its segments."
        />
      ) : (
        <SeenPlace answer={answer} what="the drift of the features" height={180} />
      )}
    </EvidencePanel>
  );
};
