import type { RunSummary } from '../../../../shared/model/throughput-comparison.ts';
import { metricQuantity } from '../../../../shared/throughput-words.ts';
import { decimal, instant, quantity } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import { runName } from '../run-list.ts';
import classes from './run-columns.module.css';

export type Side = 'baseline' | 'candidate';

const latency = (metric: 'latencyP50Ms' | 'latencyP99Ms', title: string): Column<RunSummary> => ({
  id: metric,
  title,
  align: 'right',
  width: '84px',
  value: (row) => row.metrics[metric].value,
  render: (row) => {
    const { value, reason } = row.metrics[metric];
    return value === null ? (
      <span className={classes.unknown} title={visibleText(reason ?? 'no reason was given')}>
        unknown
      </span>
    ) : (
      quantity(value, 'ms')
    );
  },
});

export const runColumns: Column<RunSummary>[] = [
  {
    id: 'workload',
    title: 'Workload',
    width: 'minmax(150px, 1.3fr)',
    value: (row) => row.workload.id,
    render: (row) => (
      <>
        {row.baseline ? (
          <span className={classes.pinned} title="Pinned: later runs of this workload are held against it">
            baseline
          </span>
        ) : null}{' '}
        <b title={visibleText(row.workload.id)}>{visibleText(row.workload.id)}</b>
      </>
    ),
  },
  {
    id: 'precision',
    title: 'Precision',
    width: '80px',
    value: (row) => row.precision,
    render: (row) => row.precision ?? <Unknown />,
  },
  {
    id: 'batch',
    title: 'Batch',
    align: 'right',
    width: '76px',
    value: (row) => row.batch,
    render: (row) => (row.batch === null ? <Unknown /> : decimal(row.batch, 0)),
  },
  {
    id: 'label',
    title: 'Label',
    width: 'minmax(110px, 1.1fr)',
    value: (row) => row.label ?? row.source?.file ?? null,
    render: (row) => {
      const name = row.label ?? row.source?.file;
      return name === undefined ? '' : <span title={visibleText(name)}>{visibleText(name)}</span>;
    },
  },
  {
    id: 'executor',
    title: 'Executor',
    width: 'minmax(110px, 1.1fr)',
    value: (row) => row.executor.name,
    render: (row) =>
      row.executor.name === null ? (
        <span className={classes.unknown} title={visibleText(row.executor.reason ?? 'not recorded')}>
          unknown
        </span>
      ) : (
        <span title={visibleText(row.executor.name)}>
          {visibleText(row.executor.name)}
          {row.executor.kind === 'software' ? ' (software)' : ''}
        </span>
      ),
  },
  {
    id: 'when',
    title: 'When',
    width: '158px',
    hint: 'When the run began; in brackets when it was recorded, where the source does not say',
    value: (row) => row.startedAt ?? row.recordedAt,
    render: (row) =>
      row.startedAt ? instant(row.startedAt) : <span className={classes.unknown}>({instant(row.recordedAt)})</span>,
  },
  {
    id: 'throughput',
    title: 'Throughput',
    align: 'right',
    width: '150px',
    value: (row) => row.metrics.throughput.value,
    render: (row) =>
      row.metrics.throughput.value === null ? (
        <span className={classes.unknown} title={visibleText(row.metrics.throughput.reason ?? 'no reason was given')}>
          unknown
        </span>
      ) : (
        metricQuantity('throughput', row.metrics.throughput.value, row.item)
      ),
  },
  latency('latencyP50Ms', 'p50'),
  latency('latencyP99Ms', 'p99'),
  {
    id: 'valid',
    title: 'Validity',
    width: '92px',
    value: (row) => (row.valid ? 'valid' : 'invalid'),
    render: (row) =>
      row.valid ? (
        <span className={classes.valid}>
          <Icon name="check" size={11} /> valid
        </span>
      ) : (
        <span className={classes.invalid} title={visibleText(row.invalidReasons.join('; '))}>
          <Icon name="warning" size={12} /> invalid
        </span>
      ),
  },
];

function Unknown() {
  return <span className={classes.unknown}>unknown</span>;
}

/** Two switches in front of each run: which side of the comparison it stands on. */
export const sideColumn = (
  chosen: Record<Side, ReadonlySet<string>>,
  toggle: (run: RunSummary, side: Side) => void,
): Column<RunSummary> => ({
  id: 'side',
  title: 'Side',
  width: '86px',
  hint: 'b: baseline, c: candidate',
  value: (row) => (chosen.baseline.has(row.id) ? 'baseline' : chosen.candidate.has(row.id) ? 'candidate' : null),
  render: (row) => (
    <span className={classes.sides}>
      {(['baseline', 'candidate'] as const).map((side) => (
        <button
          key={side}
          type="button"
          tabIndex={-1}
          className={classes.side}
          data-side={side}
          aria-pressed={chosen[side].has(row.id)}
          aria-label={`${side}: ${visibleText(runName(row))}, ${row.id}`}
          title={side}
          onClick={(event) => {
            event.stopPropagation();
            toggle(row, side);
          }}
        >
          {side === 'baseline' ? 'B' : 'C'}
        </button>
      ))}
    </span>
  ),
});
