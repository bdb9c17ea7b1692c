import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Measurement } from './benchmark.ts';

const columns = ['what', 'seconds', 'limit', 'reference', 'seconds', 'ratio', 'MB', 'limit'];
const number = (value: number | undefined, digits: number) => (value === undefined ? '' : value.toFixed(digits));
const megabytes = (bytes: number | undefined) =>
  bytes === undefined ? '' : (bytes / 2 ** 20).toFixed(bytes < 2 ** 24 ? 2 : 0);

function cells(one: Measurement): string[] {
  return [
    one.what,
    number(one.seconds, one.seconds < 0.1 ? 3 : 2),
    number(one.limitSeconds, (one.limitSeconds ?? 1) < 0.5 ? 3 : 1),
    one.reference?.what ?? '',
    number(one.reference?.seconds, 2),
    number(one.reference && one.seconds / one.reference.seconds, 2),
    megabytes(one.peakBytes),
    megabytes(one.limitBytes),
  ];
}

const tooMuch = (one: Measurement) =>
  one.seconds > (one.limitSeconds ?? Number.POSITIVE_INFINITY) ||
  (one.peakBytes ?? 0) > (one.limitBytes ?? Number.POSITIVE_INFINITY);

function print(measurements: Measurement[]): void {
  const rows = [columns, ...measurements.map(cells)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const [index, row] of rows.entries()) {
    const line = row.map((cell, column) =>
      column === 0 || column === 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    const measured = measurements[index - 1];
    console.log(`${line.join('  ')}${measured && tooMuch(measured) ? '  over the limit' : ''}`);
  }
}

const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`no benchmark has this name: ${wanted.join(' ')}`);
  process.exitCode = 2;
}
console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, node ${process.versions.node}`);
for (const file of files) {
  const { benchmark } = (await import(`./${file}`)) as { benchmark: Benchmark };
  console.log(`\n${benchmark.name}`);
  const folder = mkdtempSync(join(tmpdir(), 'driftbench-bench-'));
  try {
    const measurements = await benchmark.run(folder);
    print(measurements);
    if (measurements.some(tooMuch)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
