import { measured, missingReason } from './cell.ts';
import type { NvidiaField, NvidiaQuery } from './nvidia-fields.ts';
import { emptyOutput, type Measured, readingOf, type ToolOutput } from './reading.ts';

/** Why nvidia-smi gave no table; null when the text is none of its failures. */
export interface NvidiaFailure {
  kind: 'no-driver' | 'driver-mismatch' | 'no-devices' | 'device-lost' | 'device-error' | 'unknown-field';
  text: string;
  /** The field it does not know, so that the rest can be asked without it. */
  field?: string;
}

const failures: [RegExp, NvidiaFailure['kind']][] = [
  [/^Field "([^"]+)" is not a valid field to query/m, 'unknown-field'],
  [/^No devices were found/m, 'no-devices'],
  [/Driver\/library version mismatch/, 'driver-mismatch'],
  [/couldn't communicate with the NVIDIA driver/, 'no-driver'],
  [/^Unable to determine the device handle for .*GPU is lost/m, 'device-lost'],
  [/^Unable to determine the device handle for /m, 'device-error'],
];

export const nvidiaFailure = (text: string): NvidiaFailure | null => {
  for (const [pattern, kind] of failures) {
    const match = pattern.exec(text);
    if (!match) continue;
    const start = text.lastIndexOf('\n', match.index) + 1;
    const line = text.slice(start).split('\n')[0]!.trim();
    return kind === 'unknown-field' ? { kind, text: line, field: match[1]! } : { kind, text: line };
  }
  return null;
};

const bare = (header: string): string => header.replace(/\s*\[[^\]]*\]$/, '').trim();

/** Lines that end: where a text was cut off, `63` may be what is left of `630.12 W`. */
const wholeLines = (text: string): { lines: string[]; problems: string[] } => {
  const lines = text.split(/\r?\n/);
  const rest = lines.pop() ?? '';
  const problems = rest.trim() === '' ? [] : [`the answer was cut off: ${rest.slice(0, 60)}`];
  return { lines: lines.filter((line) => line.trim() !== ''), problems };
};

/** Rows by header name without its unit; a row with another number of cells is refused, never shifted. */
const tableOf = (text: string): { rows: Map<string, string>[]; problems: string[] } => {
  const {
    lines: [head = '', ...lines],
    problems,
  } = wholeLines(text);
  const headers = head.split(', ').map(bare);
  const rows: Map<string, string>[] = [];
  for (const line of lines) {
    const cells = line.split(/, ?/);
    if (cells.length === headers.length) rows.push(new Map(headers.map((header, index) => [header, cells[index]!])));
    else problems.push(`row with ${cells.length} cells for ${headers.length} headers: ${line.slice(0, 60)}`);
  }
  return { rows, problems };
};

const cellOf = (row: ReadonlyMap<string, string>, wish: NvidiaField): string | undefined => {
  for (const field of wish.fields) {
    const cell = row.get(field);
    if (cell !== undefined) return cell;
  }
  return undefined;
};

/** A performance state is printed as `P2`; a mask in hexadecimal is a number as it stands. */
const valueIn = (name: string, cell: string): Measured =>
  name === 'pstate' ? measured(name, cell.trim().replace(/^P(?=\d)/, '')) : measured(name, cell);

const deviceOf = (row: ReadonlyMap<string, string>): string => {
  const first = (...names: string[]) =>
    names.map((name) => row.get(name)?.trim()).find((cell) => cell !== undefined && missingReason(cell) === null);
  const uuid = first('uuid', 'gpu_uuid');
  if (uuid !== undefined) return uuid;
  const bus = first('pci.bus_id', 'gpu_bus_id');
  return bus === undefined ? `index:${first('index') ?? 'unknown'}` : `pci:${bus}`;
};

/** The answer to `--query-gpu=… --format=csv`: one row a GPU, keyed by UUID. */
export const readNvidiaCsv = (text: string, query: NvidiaQuery): ToolOutput => {
  const output = emptyOutput();
  const { rows, problems } = tableOf(text);
  output.problems.push(...problems);
  for (const row of rows) {
    const device = deviceOf(row);
    const add = (wish: NvidiaField, cell: string | null, reason: string): void => {
      if (wish.kind === 'reading') {
        output.readings.push(readingOf(device, wish.name, cell === null ? { reason } : valueIn(wish.name, cell)));
        return;
      }
      const why = cell === null ? reason : missingReason(cell);
      const { name } = wish;
      output.facts.push(
        why === null ? { device, name, text: cell!.trim() } : { device, name, text: null, reason: why },
      );
    };
    for (const { wish } of query.asked) add(wish, cellOf(row, wish) ?? null, 'the answer lacks the column');
    for (const wish of query.refused) add(wish, null, `not offered by this driver: ${wish.fields[0]}`);
  }
  return output;
};

/** A process that holds memory of a GPU. */
export interface GpuProcess {
  device: string;
  pid: number;
  program: string;
  memoryMib: Measured;
}

/** The answer to `--query-compute-apps=gpu_uuid,pid,used_gpu_memory,process_name`; a name may hold commas, so it comes last. */
export const readNvidiaProcesses = (text: string): { processes: GpuProcess[]; problems: string[] } => {
  const processes: GpuProcess[] = [];
  const {
    lines: [head = '', ...lines],
    problems,
  } = wholeLines(text);
  const headers = head.split(', ').map(bare);
  for (const line of lines) {
    const cells = line.split(', ');
    // A comma inside the name: its cells are put together again, counted from both ends.
    const nameAt = headers.indexOf('process_name');
    const extra = cells.length - headers.length;
    if (nameAt >= 0 && extra > 0) cells.splice(nameAt, extra + 1, cells.slice(nameAt, nameAt + extra + 1).join(', '));
    const cell = (...names: string[]) => cells[headers.findIndex((header) => names.includes(header))]?.trim() ?? '';
    const pid = Number(cell('pid') || Number.NaN);
    if (cells.length !== headers.length || !Number.isInteger(pid)) {
      problems.push(`not a process: ${line.slice(0, 60)}`);
      continue;
    }
    const program = cell('process_name', 'name');
    const memoryMib = measured('memory_used_mib', cell('used_gpu_memory', 'used_memory'));
    processes.push({ device: cell('gpu_uuid', 'uuid'), pid, program, memoryMib });
  }
  return { processes, problems };
};
