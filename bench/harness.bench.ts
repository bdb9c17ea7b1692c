import { fork } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/main/platform/clock.ts';
import { systemEnvironment } from '../src/main/platform/environment.ts';
import { listSystemNames, readSystemTexts } from '../src/main/platform/system-files.ts';
import { runTool } from '../src/main/platform/tool-process.ts';
import type { PreparedRun } from '../src/main/throughput/runs/prepared-run.ts';
import { runOnce } from '../src/main/throughput/runs/run-once.ts';
import type { Benchmark } from './benchmark.ts';

const loop = join(import.meta.dirname, 'harness-loop.ts');
const iterations = 1500;
/** The two beside each other in turns, so that a slide of the machine falls on both. */
const rounds = 3;

interface Pace {
  /** From the start of the first iteration to the end of the last. */
  seconds: number;
  /** Middle time from the start of one iteration to the start of the next. */
  period: number;
  /** Middle time of one iteration as it is measured: what a run reports. */
  iteration: number;
}

const median = (values: ArrayLike<number>): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? Number.NaN;
};

const periods = (starts: readonly number[]): number[] => starts.slice(1).map((start, index) => start - starts[index]!);

/** The same iterations in a process of their own that prints nothing and that nobody watches. */
const bare = (): Promise<Pace> =>
  new Promise((resolve, reject) => {
    const child = fork(loop, [String(iterations), 'bare'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.once('message', (message) => {
      const { seconds, starts } = message as { seconds: number; starts: number[] };
      const period = median(periods(starts)) / 1e9;
      resolve({ seconds, period, iteration: period });
    });
    child.once('error', reject);
  });

const prepared: PreparedRun = {
  kind: 'command',
  named: true,
  workload: { id: 'loop', definition: {} },
  program: process.execPath,
  args: [loop, String(iterations), 'protocol'],
  env: [],
  limitMs: 120_000,
  format: 'protocol',
  item: 'item',
  perIteration: null,
  durationMs: null,
  asked: {},
  stated: { precision: null, batch: null },
  expected: { required: false, digest: null },
  notes: [],
};

/** Under the runner's process, its lines read, telemetry polled: the time from the first iteration to the last. */
const watched = async (): Promise<Pace> => {
  const { output } = await runOnce({
    prepared,
    env: { PATH: systemEnvironment().PATH ?? '' },
    clock: systemClock,
    reach: { runTool, readTexts: readSystemTexts, listNames: listSystemNames },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  if (output.kind !== 'stream') throw new Error('the loop printed no stream');
  const { samples, invalidReasons } = output.stream;
  const [first, last] = [samples[0], samples.at(-1)];
  if (samples.length !== iterations || invalidReasons.length > 0 || !first || !last) {
    throw new Error(`${samples.length} samples: ${invalidReasons.join('; ')}`);
  }
  return {
    seconds: (last.startNs! + last.durationNs - first.startNs!) / 1e9,
    period: median(periods(samples.map(({ startNs }) => startNs!))) / 1e9,
    iteration: median(samples.map(({ durationNs }) => durationNs)) / 1e9,
  };
};

/** What being measured costs: iterations of 1 ms of work, each told as a sample, beside the same loop alone. */
export const benchmark: Benchmark = {
  name: `harness (${iterations} iterations of about 1 ms, load ${loadavg()[0]?.toFixed(1)})`,
  async run() {
    const alone: Pace[] = [];
    const harness: Pace[] = [];
    for (let round = 0; round < rounds; round += 1) {
      if (round % 2 === 0) alone.push(await bare());
      harness.push(await watched());
      if (round % 2 === 1) alone.push(await bare());
    }
    const line = (name: keyof Pace, what: string, scale: number) => {
      const reference = median(alone.map((pace) => pace[name])) * scale;
      const ratio = median(harness.map((pace, round) => pace[name] / alone[round]![name]));
      return { what: `${what}, median ratio ${ratio.toFixed(4)}`, seconds: ratio * reference, reference };
    };
    const iteration = line('iteration', 'iteration as it is reported, a thousand of them', 1000);
    const period = line('period', 'from one iteration to the next, a thousand of them', 1000);
    const whole = line('seconds', 'whole time', 1);
    const beside = ({ what, seconds, reference }: typeof whole) => ({
      what,
      seconds,
      reference: { what: 'bare loop', seconds: reference },
    });
    return [
      { ...beside(iteration), limitSeconds: 1.01 * iteration.reference },
      { ...beside(period), limitSeconds: 1.01 * period.reference },
      // Other work of the machine falls on one or the other: without a limit.
      beside(whole),
    ];
  },
};
