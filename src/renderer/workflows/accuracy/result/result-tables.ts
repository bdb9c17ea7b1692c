import type { ChartTable, TableCell } from '../../../../shared/charts/table.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { Estimate } from '../../../../shared/model/estimate.ts';
import { segmentText } from '../../../../shared/segment-text.ts';
import { isUntested } from './segment-rows.ts';

// The tables of the page as files: full precision and every column, whatever the screen rounds or folds.

const bounds = ['', ' low', ' high', ' n'] as const;
const spread = (estimate: Estimate): TableCell[] => [estimate.value, estimate.low, estimate.high, estimate.n];
const sides = ['reference', 'current', 'change'].flatMap((side) => bounds.map((bound) => `${side}${bound}`));

const columnsOf = (segments: AccuracyComparison['segments']): string[] => [
  ...new Set(segments.flatMap((row) => Object.keys(row.segment))),
];

export const segmentsTable = (comparison: AccuracyComparison): ChartTable => {
  const columns = columnsOf(comparison.segments);
  return {
    columns: [...columns, ...sides, 'contribution', 'p adjusted', 'verdict', 'explained by', 'reason'],
    rows: comparison.segments.map((row) => [
      // An absent column is empty; the missing value is named, or the two would look alike.
      ...columns.map((column) => (column in row.segment ? (row.segment[column] ?? '(missing)') : null)),
      ...spread(row.reference),
      ...spread(row.current),
      ...spread(row.change),
      row.contribution,
      row.pAdjusted,
      isUntested(row) ? 'not enough data' : row.verdict,
      row.explainedBy ? segmentText(row.explainedBy) : null,
      row.change.reason ?? null,
    ]),
  };
};

export const metricsTable = (comparison: AccuracyComparison): ChartTable => ({
  columns: ['metric', ...sides, 'higher is better', 'verdict', 'method', 'reason'],
  rows: Object.entries(comparison.metrics).map(([metric, row]) => [
    metric,
    ...spread(row.reference),
    ...spread(row.current),
    ...spread(row.change),
    row.higherIsBetter,
    row.verdict,
    row.change.method,
    row.change.reason ?? row.current.reason ?? row.reference.reason ?? null,
  ]),
});

export const featureDriftTable = ({ featureDrift }: Pick<AccuracyComparison, 'featureDrift'>): ChartTable => ({
  columns: [
    'feature',
    'kind',
    'wasserstein',
    'normalised',
    'js',
    'psi',
    'ks',
    'null share change',
    'new categories',
    'method',
    'reason',
  ],
  rows: featureDrift.map((row) => [
    row.feature,
    row.kind,
    row.wasserstein,
    row.normalised,
    row.js,
    row.psi,
    row.ks,
    row.nullShareChange,
    row.newCategories?.join('; ') ?? null,
    row.method,
    row.reason ?? null,
  ]),
});

export const ledgerTable = ({ ledger }: AccuracyComparison): ChartTable => {
  const counts = Object.entries(ledger).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, value] satisfies TableCell[]] : [],
  );
  const scores = Object.entries(ledger.badScores).map(([name, value]): TableCell[] => [`badScores.${name}`, value]);
  return { columns: ['what', 'rows'], rows: [...counts, ...scores] };
};
