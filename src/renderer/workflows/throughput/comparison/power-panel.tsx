import type { ThroughputComparison } from '../../../../shared/model/throughput-comparison.ts';
import { count, counted, decimal, percent } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import panels from '../panels.module.css';
import { evidenceOf } from './comparison-evidence.ts';
import type { ComparisonProps } from './outcome-panel.tsx';

const Unknown = ({ reason }: { reason: string }) => (
  <span className={panels.unknown}>unknown: {visibleText(reason)}</span>
);

/** How small a change these runs could have seen, and what else was held against each other. */
export const PowerPanel = ({ comparison, part }: ComparisonProps) => {
  const { noiseFloor, smallestDetectableEffect, smallestRegression, cycles, outputs } = part;
  const { delta } = comparison.settings;
  return (
    <EvidencePanel
      title="What these runs can tell"
      evidence={evidenceOf(comparison, {
        pointer: `${part.pointer}/noiseFloor`,
        json: {
          noiseFloor,
          smallestDetectableEffect,
          smallestRegression,
          runsNeeded: part.runsNeeded,
          cycles,
          outputs,
          concurrency: part.concurrency,
        },
        methods: ['noise-floor@1', 'welch-power@1'],
      })}
    >
      <dl className={panels.facts}>
        <div>
          <dt>noise floor</dt>
          <dd>
            {noiseFloor.value === null ? (
              <Unknown reason={noiseFloor.reason ?? 'not measured'} />
            ) : (
              percent(Math.expm1(noiseFloor.value), 2)
            )}
            <p className={panels.quiet}>{counted(noiseFloor.sessions, 'session')} of this executor against itself</p>
          </dd>
        </div>
        <div>
          <dt>smallest detectable change</dt>
          <dd>
            {smallestDetectableEffect === null ? (
              <Unknown reason="nothing is known of the spread between runs" />
            ) : (
              percent(smallestDetectableEffect, 2)
            )}
            <p className={panels.quiet}>
              with power 0.8
              {smallestDetectableEffect !== null && smallestDetectableEffect > delta
                ? '; wider than the tolerance: “no change” is impossible with these runs'
                : ''}
              {smallestRegression === null ? '' : `; called a regression from ${percent(smallestRegression, 1)}`}
            </p>
          </dd>
        </div>
        <div>
          <dt>runs needed</dt>
          <dd>
            {part.runsNeeded === null
              ? part.verdict === 'inconclusive'
                ? 'no number of runs is known to decide it'
                : 'none: it is decided'
              : `${count(part.runsNeeded)} a side`}
          </dd>
        </div>
        <div>
          <dt>cycles</dt>
          <dd>
            {visibleText(cycles.text)}
            {cycles.clockRatio === null && cycles.timeRatio === null ? null : (
              <p className={panels.quiet}>
                clock × {decimal(cycles.clockRatio, 3)}, time × {decimal(cycles.timeRatio, 3)}
              </p>
            )}
          </dd>
        </div>
        <div>
          <dt>outputs</dt>
          <dd>
            {outputs.equal === null ? (
              'cannot be told'
            ) : outputs.equal ? (
              'equal'
            ) : (
              <b className={panels.worse}>differ</b>
            )}
            <p className={panels.quiet}>
              {visibleText(outputs.reason)}
              {outputs.maxRelativeError === null || outputs.maxRelativeError === 0
                ? ''
                : `; largest relative error ${decimal(outputs.maxRelativeError)}`}
            </p>
          </dd>
        </div>
      </dl>
    </EvidencePanel>
  );
};

type Tables = NonNullable<ThroughputComparison['tables']>;
type Slower = Tables['slower'][number];
type Refused = Tables['refused'][number];

const slowerColumns: Column<Slower>[] = [
  {
    id: 'model',
    title: 'Model',
    width: 'minmax(160px, 1.4fr)',
    value: (row) => row.model,
    render: (row) => <span title={visibleText(row.model)}>{visibleText(row.model)}</span>,
  },
  { id: 'size', title: 'Image', align: 'right', width: '72px', value: (row) => row.imageSize },
  {
    id: 'baseline',
    title: 'Baseline',
    align: 'right',
    width: '96px',
    value: (row) => row.baseline,
    render: (row) => decimal(row.baseline),
  },
  {
    id: 'candidate',
    title: 'Candidate',
    align: 'right',
    width: '96px',
    value: (row) => row.candidate,
    render: (row) => decimal(row.candidate),
  },
  {
    id: 'ratio',
    title: 'Ratio',
    align: 'right',
    width: '80px',
    value: (row) => row.ratio,
    render: (row) => decimal(row.ratio, 3),
  },
];

const refusedColumns: Column<Refused>[] = [
  {
    id: 'model',
    title: 'Model',
    width: 'minmax(160px, 1fr)',
    value: (row) => row.model,
    render: (row) => <span title={visibleText(row.model)}>{visibleText(row.model)}</span>,
  },
  { id: 'size', title: 'Image', align: 'right', width: '72px', value: (row) => row.imageSize },
  {
    id: 'reason',
    title: 'Why it is not compared',
    width: 'minmax(180px, 1.6fr)',
    value: (row) => row.reason,
    render: (row) => <span title={visibleText(row.reason)}>{visibleText(row.reason)}</span>,
  },
];

/** Tables of one number a model: what both have, what is slower, and what may not be compared. */
export const TablesPanel = ({ comparison, tables }: { comparison: ThroughputComparison; tables: Tables }) => (
  <div className={panels.pair} data-wide="none">
    <EvidencePanel
      title="Slower models"
      note={`${count(tables.slower.length)} of ${count(tables.compared)} compared; ${count(tables.common)} are in both tables`}
      flush
      table={{
        columns: ['model', 'image size', 'baseline', 'candidate', 'ratio'],
        rows: tables.slower.map((row) => [row.model, row.imageSize, row.baseline, row.candidate, row.ratio]),
      }}
      evidence={evidenceOf(comparison, {
        pointer: '/tables/slower',
        json: tables.slower,
        n: counted(tables.compared, 'model'),
      })}
    >
      <DataTable
        label="Slower models"
        columns={slowerColumns}
        rows={tables.slower}
        rowKey={(row) => `${row.model} ${row.imageSize}`}
        initialSort={{ column: 'ratio', descending: false }}
        maxHeight={360}
        rowHeight={27}
        noun="models"
        empty="No model is slower."
      />
    </EvidencePanel>
    <EvidencePanel
      title="Not compared"
      note={counted(tables.refused.length, 'model')}
      flush
      table={{
        columns: ['model', 'image size', 'reason'],
        rows: tables.refused.map((row) => [row.model, row.imageSize, row.reason]),
      }}
      evidence={evidenceOf(comparison, {
        pointer: '/tables/refused',
        json: tables.refused,
        n: counted(tables.refused.length, 'model'),
      })}
    >
      <DataTable
        label="Models not compared"
        columns={refusedColumns}
        rows={tables.refused}
        rowKey={(row) => `${row.model} ${row.imageSize}`}
        maxHeight={360}
        rowHeight={27}
        noun="models"
        empty="Every model of both tables was compared."
      />
    </EvidencePanel>
  </div>
);
