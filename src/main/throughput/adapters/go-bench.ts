import type { Adapter } from './adapter.ts';
import type { RunDraft } from './imported-run.ts';
import { toNs } from './quantity.ts';
import { type ResultFile, refusal } from './result-file.ts';

const line = /^(Benchmark\S*)\s+(\d+)\s+(\S+) ns\/op\b(.*)$/;
const begun = /^Benchmark\S*\s+\d+\s/;
const context = /^(goos|goarch|pkg|cpu):\s*(.+)$/;
const extra = /(\S+)\s+(\S+)/g;

interface Entry {
  name: string;
  processors: number;
  iterations: number;
  ns: number;
  more: [number, string][];
  stack: Record<string, string>;
}

const entriesOf = (file: ResultFile): { entries: Entry[]; failures: string[] } => {
  const stack: Record<string, string> = {};
  const entries: Entry[] = [];
  const failures: string[] = [];
  for (const text of file.text.split(/\r?\n/)) {
    const [, key, value] = context.exec(text) ?? [];
    if (key !== undefined && value !== undefined) stack[key] = value.trim();
    const [, failed] = /^--- FAIL: (\S+)/.exec(text) ?? [];
    if (failed !== undefined) failures.push(failed);
    const [, label, iterations, ns, rest = ''] = line.exec(text) ?? [];
    if (label === undefined) {
      if (begun.test(text)) throw refusal(file, `no ns/op in the line of ${text.split(/\s/, 1)[0]}, run it again`);
      continue;
    }
    const time = Number(ns);
    if (!(time > 0) || Number(iterations) < 1) throw refusal(file, `time of ${label} is not above 0, run it again`);
    // go test appends GOMAXPROCS to the name unless it is 1.
    const [, base = label, processors = '1'] = /^(.*?)-(\d+)$/.exec(label) ?? [];
    const more = [...rest.matchAll(extra)].map(([, number, unit]): [number, string] => [Number(number), unit!]);
    entries.push({
      name: base,
      processors: Number(processors),
      iterations: Number(iterations),
      ns: toNs(time, 'ns')!,
      more: more.filter(([number]) => Number.isFinite(number)),
      stack: { ...stack },
    });
  }
  return { entries, failures };
};

/** Lines of one name are repetitions (`-count`) inside one process: samples of one run. */
const draftOf = (entries: Entry[]): RunDraft => {
  const [first] = entries as [Entry, ...Entry[]];
  const cpu = first.stack.cpu ?? null;
  return {
    workload: `go/${first.stack.pkg ? `${first.stack.pkg}.` : ''}${first.name}`,
    definition: { harness: 'go test', package: first.stack.pkg, benchmark: first.name, gomaxprocs: first.processors },
    item: 'operation',
    executor: { name: cpu, kind: 'cpu', ...(cpu === null ? { reason: 'the output has no cpu line' } : {}) },
    fingerprint: { cpu, os: first.stack.goos, arch: first.stack.goarch },
    samples: entries.map(({ ns, iterations }) => ({ durationNs: ns * iterations, items: iterations })),
    averaged: 'each sample is the mean of many operations, so percentiles cannot be seen',
    reported: entries.flatMap(({ more, iterations }) =>
      more.map(([value, unit]) => ({ name: 'printed by the benchmark', value, unit, n: iterations })),
    ),
  };
};

export const goBench: Adapter = {
  format: 'go',
  recognises: ({ text }) => /^Benchmark\S*\s+\d+\s+\S+ ns\/op/m.test(text),
  read: (file) => {
    const { entries, failures } = entriesOf(file);
    if (entries.length === 0) throw refusal(file, 'no line with ns/op, run go test -bench again');
    const groups = Map.groupBy(entries, ({ name, processors, stack }) => `${stack.pkg ?? ''} ${name} ${processors}`);
    return {
      runs: [...groups.values()].map(draftOf),
      remarks: failures.map((name) => `${name} failed and is no run`),
    };
  },
};
