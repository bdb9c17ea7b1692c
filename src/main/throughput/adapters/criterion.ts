import type { Adapter } from './adapter.ts';
import type { RunDraft } from './imported-run.ts';
import { toNs } from './quantity.ts';
import { type ResultFile, refusal } from './result-file.ts';

const timeLine = /^(.*?)\s+time:\s+\[(\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\]\s*$/;
const collecting = /Collecting (\d+) samples in estimated/;
const outliers = /^Found \d+ outliers among (\d+) measurements/;

/** Criterion prints an estimate and the interval of its bootstrap inside one process: a summary, not replicates. */
const draftOf = (name: string, ns: [number, number, number], n: number | null): RunDraft => ({
  workload: `criterion/${name}`,
  definition: { harness: 'criterion', benchmark: name },
  item: 'iteration',
  executor: { kind: 'cpu', reason: 'the output does not name the machine' },
  throughput: { value: 1e9 / ns[1], n, from: 'time, estimate' },
  noLatency: 'the output has an estimate of the mean, not the distribution',
  reported: (['lower bound', 'estimate', 'upper bound'] as const).map((bound, index) => ({
    name: `time, ${bound}`,
    value: ns[index]!,
    unit: 'ns',
    n,
    reason: "criterion's interval inside one process, narrower than the difference between processes",
  })),
});

const parse = (file: ResultFile): RunDraft[] => {
  const lines = file.text.split(/\r?\n/);
  let announced: number | null = null;
  return lines.flatMap((text, index) => {
    const [, size] = collecting.exec(text) ?? [];
    if (size !== undefined) announced = Number(size);
    const match = timeLine.exec(text);
    if (!match) {
      if (/\stime:\s+\[/.test(text))
        throw refusal(file, `line ${index + 1} has no three times, run the benchmark again`);
      return [];
    }
    // A long name stands on the line before.
    const name = match[1]!.trim() || (lines[index - 1] ?? '').trim();
    if (name === '') throw refusal(file, `line ${index + 1} has a time without a name, run the benchmark again`);
    const ns = [2, 4, 6].map((at) => {
      const value = toNs(Number(match[at]), match[at + 1]!);
      if (value === null || !(value > 0)) {
        throw refusal(file, `time of ${name} cannot be read (${match[at]} ${match[at + 1]}), run the benchmark again`);
      }
      return value;
    }) as [number, number, number];
    const found = lines.slice(index + 1, index + 4).flatMap((line) => outliers.exec(line)?.[1] ?? []);
    const n = announced ?? (found.length > 0 ? Number(found[0]) : null);
    announced = null;
    return [draftOf(name, ns, n)];
  });
};

export const criterion: Adapter = {
  format: 'criterion',
  recognises: ({ text }) => /\stime:\s+\[\S+ \S+ \S+ \S+ \S+ \S+\]/.test(text),
  read: (file) => {
    const runs = parse(file);
    if (runs.length === 0) throw refusal(file, 'no line with a time, run cargo bench again');
    const failed = /^(?:error: bench failed|thread '.*' panicked)/m.test(file.text);
    return { runs, remarks: failed ? ['the benchmark binary failed after the last result'] : [] };
  },
};
