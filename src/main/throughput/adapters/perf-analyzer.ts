import type { Adapter } from './adapter.ts';
import { type TableRow, tableOf } from './delimited.ts';
import { asNumber } from './fields.ts';
import type { RunDraft } from './imported-run.ts';
import { toMs } from './quantity.ts';
import { type ResultFile, refusal } from './result-file.ts';

const loads = ['Concurrency', 'Request Rate', 'Request Intervals'];
const rate = 'Inferences/Second';
const parts = [
  'Client Send',
  'Network+Server Send/Recv',
  'Server Queue',
  'Server Compute Input',
  'Server Compute Infer',
  'Server Compute Output',
  'Client Recv',
];
const percentileColumn = /^p(\d+) latency$/;

const gpuColumns: [string, string][] = [
  ['Avg GPU Utilization', 'share'],
  ['Avg GPU Power Usage', 'W'],
  ['Max GPU Memory Usage', 'B'],
];

/** `uuid:value;uuid:value;`, one value for each GPU. */
const gpuValues = (row: TableRow): NonNullable<RunDraft['reported']> =>
  gpuColumns.flatMap(([column, unit]) =>
    (row.cell[column] ?? '').split(';').flatMap((pair) => {
      const cut = pair.lastIndexOf(':');
      const value = cut < 0 ? null : asNumber(pair.slice(cut + 1));
      return value === null ? [] : [{ name: `${column}, ${pair.slice(0, cut)}`, value, unit, n: null }];
    }),
  );

/** Rows come in no order; each is a run of its own load. All times are microseconds. */
const draftOf = (file: ResultFile, load: string, row: TableRow): RunDraft => {
  const number = (column: string): number => {
    const value = asNumber(row.cell[column]);
    if (value === null || value < 0) {
      throw refusal(file, `column ${column} is not a number in row ${row.number}, export the file again`);
    }
    return value;
  };
  const milliseconds = (column: string) =>
    row.cell[column] === undefined ? undefined : { value: toMs(number(column), 'us')!, n: null, from: column };
  const level = number(load);
  return {
    workload: `perf_analyzer/${load.toLowerCase()} ${level}`,
    definition: { harness: 'perf_analyzer', [load === 'Concurrency' ? 'concurrency' : 'requestRate']: level },
    item: 'inference',
    executor: { reason: 'perf_analyzer does not write down server, model or machine' },
    throughput: { value: number(rate), n: null, from: rate },
    latency: {
      p50Ms: milliseconds('p50 latency'),
      p95Ms: milliseconds('p95 latency'),
      p99Ms: milliseconds('p99 latency'),
    },
    reported: [
      ...[...parts, ...Object.keys(row.cell).filter((name) => percentileColumn.test(name))].flatMap((name) =>
        row.cell[name] === undefined ? [] : [{ name, value: toMs(number(name), 'us')!, unit: 'ms', n: null }],
      ),
      ...gpuValues(row),
    ],
    notes: ['model and batch size are not in the file: only files of one model may be compared'],
  };
};

export const perfAnalyzer: Adapter = {
  format: 'perf_analyzer',
  recognises: ({ text }) => /^\uFEFF?(?:Concurrency|Request Rate|Request Intervals),/.test(text),
  read: (file) => {
    const { columns, rows } = tableOf(file, { trailingComma: true });
    if (columns.includes('...')) throw refusal(file, 'columns were left out of the file (...), export it in full');
    const load = loads.find((name) => columns.includes(name));
    if (load === undefined || !columns.includes(rate)) {
      throw refusal(file, `column is missing (${load === undefined ? loads[0] : rate}), export the file again`);
    }
    return { runs: rows.map((row) => draftOf(file, load, row)) };
  },
};
