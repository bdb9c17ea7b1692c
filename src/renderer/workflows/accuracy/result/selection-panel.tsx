import { useMemo } from 'react';
import type { ChartTable } from '../../../../shared/charts/table.ts';
import { toWorkbenchError } from '../../../../shared/fault.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import type { SelectionExplanation, SelectionFinding } from '../../../../shared/model/selection.ts';
import {
  count,
  counted,
  dayRange,
  decimal,
  estimateChange,
  interval,
  percent,
  pValue,
} from '../../../../shared/units.ts';
import { visibleText, visibleValue } from '../../../../shared/visible-text.ts';
import { answerTime } from '../../../evidence/answer-times.ts';
import type { Evidence } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import { captionOf } from './evidence-of.ts';
import { figureColumn } from './figure-column.ts';
import classes from './panels.module.css';
import type { Selection } from './route-selection.ts';
import { ShareBars } from './share-bars.tsx';
import { useExplanation } from './use-explanation.ts';

const figure = figureColumn<SelectionFinding>('84px');

const columns: Column<SelectionFinding>[] = [
  {
    id: 'value',
    title: 'What',
    width: 'minmax(220px, 1.4fr)',
    value: (row) => `${row.column} = ${visibleValue(row.value)}`,
    render: (row) => (
      <span>
        <span className={classes.unknown}>{row.kind} </span>
        <bdi>{visibleText(row.column)}</bdi> <strong>{visibleValue(row.value)}</strong>
      </span>
    ),
  },
  {
    id: 'bars',
    title: 'Inside over rest',
    width: '150px',
    hint: 'Share inside the selection above share in the rest',
    value: (row) => row.difference.value,
    render: (row) => <ShareBars inside={row.inside.share} rest={row.rest.share} />,
  },
  figure(
    'inside',
    'Inside',
    (row) => row.inside.share,
    (row) => percent(row.inside.share),
  ),
  figure(
    'rest',
    'Rest',
    (row) => row.rest.share,
    (row) => percent(row.rest.share),
  ),
  figure(
    'lift',
    'Times',
    (row) => row.lift,
    (row) => (row.lift === null ? 'only here' : `× ${decimal(row.lift, row.lift < 10 ? 2 : 0)}`),
    { hint: 'Share inside over share in the rest' },
  ),
  {
    id: 'difference',
    title: 'Difference',
    width: '190px',
    value: (row) => row.difference.value,
    render: (row) => `${estimateChange(row.difference, 'share')} ${interval(row.difference, 'share', 'change')}`,
  },
  figure(
    'p',
    'p, adj.',
    (row) => row.pAdjusted,
    (row) => pValue(row.pAdjusted).replace(/^p =?\s*/, ''),
  ),
  figure(
    'n',
    'n',
    (row) => row.inside.n,
    (row) => `${count(row.inside.n)} / ${count(row.rest.n)}`,
    { hint: 'Rows with the value, inside and in the rest', width: '130px' },
  ),
];

const tableOf = (found: SelectionExplanation): ChartTable => ({
  columns: [
    'kind',
    'column',
    'value',
    'inside n',
    'inside share',
    'rest n',
    'rest share',
    'times',
    'difference',
    'low',
    'high',
    'p adjusted',
  ],
  rows: found.findings.map((row) => [
    row.kind,
    row.column,
    row.value ?? '(missing)',
    row.inside.n,
    row.inside.share,
    row.rest.n,
    row.rest.share,
    row.lift,
    row.difference.value,
    row.difference.low,
    row.difference.high,
    row.pAdjusted,
  ]),
});

export interface SelectionPanelProps {
  comparison: AccuracyComparison;
  request: CompareRequest;
  selection: Pick<Selection, 'segment' | 'days' | 'errorsOnly'>;
}

/** What is different inside the picked rows, against the rest of the same window. */
export const SelectionPanel = ({ comparison, request, selection }: SelectionPanelProps) => {
  const { segment, days, errorsOnly } = selection;
  const query = useExplanation(comparison, request, selection);
  const found = query.data ?? null;
  const table = useMemo(() => (found ? tableOf(found) : undefined), [found]);
  const evidence: Evidence = {
    json: found,
    pointer: '',
    methods: found ? [found.method] : [],
    n: found ? `${counted(found.n.inside, 'row')} inside, ${count(found.n.rest)} in the rest` : 'nothing yet',
    caption: captionOf(comparison, request),
    answeredMs: found ? answerTime(found) : null,
    sql: found?.sql ?? [],
    hashes: [{ name: 'dataset', value: comparison.dataset.sha256 }],
  };
  return (
    <EvidencePanel
      title="What is different inside"
      note={
        <>
          {errorsOnly ? 'wrong predictions of ' : ''}
          <SegmentLabel segment={segment} />
          {days ? `, ${dayRange(days.from, days.to)}` : ''}
        </>
      }
      flush
      table={table}
      evidence={evidence}
    >
      {query.isError ? (
        <ErrorState
          title="The selection could not be explained"
          error={toWorkbenchError(query.error)}
          onRetry={() => void query.refetch()}
        />
      ) : found ? (
        <>
          <DataTable
            label="What is different inside"
            tools={found.findings.length > 8}
            columns={columns}
            rows={found.findings}
            rowKey={(row) => `${row.kind} ${row.column} ${row.value === null ? 'null' : `=${row.value}`}`}
            isProvisional={(row) => row.pAdjusted >= 0.05}
            maxHeight={300}
            empty="Every value has too few rows to compare."
          />
          <p className={classes.footing}>
            {counted(found.n.inside, 'row')} of {dayRange(found.window.from, found.window.to)} against{' '}
            {count(found.n.rest)}: {found.rest}. {count(found.tested)} values compared, {count(found.notEnoughData)}{' '}
            with too few rows; hatched: no more than chance. Different, not therefore the cause; rows are taken as
            independent.
            {found.leftOut.length > 0 ? ` Left out: ${visibleText(found.leftOut.join(', '))}.` : ''}
          </p>
        </>
      ) : (
        <LoadingState what="what is different inside" height={180} />
      )}
    </EvidencePanel>
  );
};
