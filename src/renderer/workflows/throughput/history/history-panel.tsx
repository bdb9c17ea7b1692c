import { useMemo } from 'react';
import {
  historySeriesChart,
  historySeriesSteps,
  historySeriesTable,
} from '../../../../shared/charts/history-series.ts';
import { quoted } from '../../../../shared/commands.ts';
import type { History, HistorySeries } from '../../../../shared/model/history.ts';
import { counted, day, decimal, instant, pValue, quantity, relative } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Chart } from '../../../charts/chart.tsx';
import { ChartKey } from '../../../charts/chart-key.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import type { Evidence } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import panels from '../panels.module.css';
import { betterOf } from './better.ts';
import classes from './history-panel.module.css';

type ChangePoint = HistorySeries['changePoints'][number] & { series: HistorySeries };

const worse = ({ ratio, series }: ChangePoint): boolean | null => {
  const higher = betterOf(series);
  return higher === null || ratio === null ? null : higher ? ratio < 1 : ratio > 1;
};

const columnsOf = (unit: string): Column<ChangePoint>[] => [
  { id: 'index', title: 'Run', align: 'right', width: '64px', value: (row) => row.index },
  {
    id: 'at',
    title: 'When',
    width: '158px',
    value: (row) => row.at,
    render: (row) => (row.at === null ? <span className={panels.unknown}>unknown</span> : instant(row.at)),
  },
  {
    id: 'before',
    title: 'Before',
    align: 'right',
    width: '130px',
    value: (row) => row.before,
    render: (row) => quantity(row.before, unit),
  },
  {
    id: 'after',
    title: 'After',
    align: 'right',
    width: '130px',
    value: (row) => row.after,
    render: (row) => quantity(row.after, unit),
  },
  {
    id: 'ratio',
    title: 'Change',
    align: 'right',
    width: '90px',
    value: (row) => row.ratio,
    render: (row) => {
      const bad = worse(row);
      return (
        <span className={bad === null ? undefined : bad ? panels.worse : panels.better}>{relative(row.ratio)}</span>
      );
    },
  },
  { id: 'p', title: 'Chance', width: '112px', value: (row) => row.pValue, render: (row) => pValue(row.pValue) },
  {
    id: 'standing',
    title: 'Standing',
    width: 'minmax(150px, 1fr)',
    value: (row) => (row.provisional ? 'provisional' : 'confirmed'),
    render: (row) => (row.provisional ? 'provisional: until three more runs' : 'confirmed by the runs after it'),
  },
  {
    id: 'fingerprint',
    title: 'Fingerprint there',
    width: 'minmax(150px, 1.2fr)',
    value: (row) => row.series.boundaries.find(({ index }) => index === row.index)?.fields.join(', ') ?? null,
    render: (row) => {
      const fields = row.series.boundaries.find(({ index }) => index === row.index)?.fields;
      const text = fields ? visibleText(fields.join(', ')) : '';
      return fields ? <span title={text}>{text}</span> : <span className={panels.quiet}>unchanged</span>;
    },
  },
];

const commandOf = (history: History, workload: string): string =>
  [
    `driftbench throughput history --workload ${quoted(workload)}`,
    `--preset ${history.settings.preset}`,
    `--window ${history.settings.window}`,
    `--max-p ${history.settings.maxP}`,
    `--min-magnitude ${history.settings.minMagnitude}`,
    `--seed ${history.settings.seed}`,
    '--json',
  ].join(' \\\n  ');

const Key = () => (
  <ChartKey>
    <li>
      <svg width="22" height="12" aria-hidden="true" className={classes.level}>
        <path d="M0 6h22" />
      </svg>
      level between change points
    </li>
    <li>
      <svg width="10" height="12" aria-hidden="true" className={classes.change}>
        <path d="M5 0v12" />
      </svg>
      change point (dashed: provisional)
    </li>
    <li>
      <svg width="12" height="12" aria-hidden="true" className={classes.outlier}>
        <path d="M6 1.5 10.5 6 6 10.5 1.5 6z" />
      </svg>
      isolated outlier, not used
    </li>
    <li>
      <svg width="10" height="12" aria-hidden="true" className={classes.boundary}>
        <path d="M5 0v12" />
      </svg>
      fingerprint changed
    </li>
  </ChartKey>
);

export interface HistoryPanelProps {
  history: History;
  series: HistorySeries;
  at: number;
  workload: string;
  onOpen(run: string): void;
}

/** One series over its runs with what changed, and the change points as a table. */
export const HistoryPanel = ({ history, series, at, workload, onOpen }: HistoryPanelProps) => {
  const palette = useChartPalette();
  const data = useMemo(() => ({ series, higherIsBetter: betterOf(series) }), [series]);
  const option = useMemo(() => historySeriesChart(data, palette), [data, palette]);
  const table = useMemo(() => historySeriesTable(data), [data]);
  const steps = useMemo(() => historySeriesSteps(data), [data]);
  const columns = useMemo(() => columnsOf(series.unit), [series]);
  const rows = useMemo(() => series.changePoints.map((change): ChangePoint => ({ ...change, series })), [series]);
  const ends = [series.points[0]?.at, series.points.at(-1)?.at].map((instantOf) => (instantOf ? day(instantOf) : null));
  const evidence: Evidence = {
    json: series,
    pointer: `/series/${at}`,
    methods: [`e-divisive@1 (${history.settings.preset})`],
    n: `${counted(series.n, 'run')}; window ${history.settings.window}, p at most ${decimal(history.settings.maxP)}`,
    caption: visibleText(
      `${series.name}, ${series.unit}: ${counted(series.n, 'run')}${ends[0] && ends[1] ? `, ${ends[0]} … ${ends[1]}` : ''}`,
    ),
    command: commandOf(history, workload),
    hashes: [],
  };
  return (
    <EvidencePanel
      title={visibleText(series.name)}
      note={`${counted(series.n, 'run')}, ${counted(rows.length, 'change point')}${series.outliers.length > 0 ? `, ${counted(series.outliers.length, 'outlier')}` : ''}`}
      evidence={evidence}
    >
      <Key />
      <Chart
        label={`${series.name} over ${counted(series.n, 'run')}: ${counted(rows.length, 'change point')}`}
        option={option}
        table={table}
        steps={steps}
        height={280}
      />
      <h3 className={panels.subtitle}>Change points</h3>
      {rows.length === 0 ? (
        <p className={panels.text}>
          {series.n < 6
            ? `A change can be told from six runs on: ${series.n} so far.`
            : 'None: the runs stay within what they vary anyway.'}
        </p>
      ) : (
        <div className={classes.table}>
          <DataTable
            label={`Change points of ${series.name}`}
            tools={false}
            columns={columns}
            rows={rows}
            rowKey={({ index }) => String(index)}
            isProvisional={({ provisional }) => provisional}
            onActivate={({ index }) => {
              const run = series.points.find((point) => point.index === index)?.run;
              if (run) onOpen(run);
            }}
            rowHeight={27}
          />
        </div>
      )}
    </EvidencePanel>
  );
};
