import type { Executor, RunPhase, RunPhaseName, RunReading, RunSample } from '../../shared/model/throughput-run.ts';
import { type RunnerLine, readRunnerLine } from '../../shared/runner-protocol.ts';

type OpeningLine = Extract<RunnerLine, { type: 'run' }>;
type ReadyLine = Extract<RunnerLine, { type: 'ready' }>;
type SampleLine = Extract<RunnerLine, { type: 'sample' }>;

/** Everything a runner said, in order; `invalidReasons` says why it is not a whole run. */
export interface RunnerStream {
  run: OpeningLine | null;
  runner: { name: string; version: string | null } | null;
  executor: Executor | null;
  phases: RunPhase[];
  samples: RunSample[];
  readings: RunReading[];
  outputDigest: string | null;
  /** The first few numbers of what was computed. */
  outputValues: number[];
  /** True when the runner printed one digest and later another. */
  outputChanged: boolean;
  /** How the runner itself said that it ended; null when it did not. */
  ended: 'done' | 'error' | null;
  invalidReasons: string[];
}

/** Lines as they come. */
export interface StreamFold {
  /** Nanoseconds on the clock of whoever reads, where the stream is a live one. */
  take(text: string, arrivedNs?: number): void;
  /** So far; grows with every line. */
  readonly samples: readonly RunSample[];
  phase(): RunPhaseName | null;
  /** Lines that were none of the protocol. */
  garbage(): number;
  /** Whether a line of the protocol has come at all. */
  begun(): boolean;
  end(): RunnerStream;
  /**
   * What to add to an instant of the samples to get one of whoever reads: the smallest delay from the end of a sample
   * to the arrival of its line; null for a stream without live samples.
   */
  clockOffsetNs(): number | null;
}

/** More numbers of an output are not kept. */
const mostValues = 1000;

const spanOf = (name: RunPhaseName, samples: RunSample[]): RunPhase => {
  const own = samples.filter((sample) => sample.phase === name);
  const [first, last] = [own[0], own.at(-1)];
  return {
    name,
    from: first?.startNs ?? null,
    to: last && last.startNs !== null ? last.startNs + last.durationNs : null,
  };
};

const executorOf = ({ name = null, kind = null, driver = null }: ReadyLine['executor']): Executor => ({
  name,
  kind: kind ?? 'unknown',
  driver,
  ...(name === null || kind === null ? { reason: 'the runner did not name its executor' } : {}),
});

/** A fold over the lines of one stream. A line that is garbage ends nothing, but the run is not valid any more. */
export const streamFold = (): StreamFold => {
  const stream: RunnerStream = {
    run: null,
    runner: null,
    executor: null,
    phases: [],
    samples: [],
    readings: [],
    outputDigest: null,
    outputValues: [],
    outputChanged: false,
    ended: null,
    invalidReasons: [],
  };
  const phases: { name: RunPhaseName; arrivedNs: number | null }[] = [];
  let garbage = 0;
  let firstGarbage = '';
  let begun = false;
  let offset: number | null = null;
  let endedNs: number | null = null;

  const takeSample = (line: SampleLine, arrivedNs: number | null): void => {
    stream.samples.push({
      startNs: line.start_ns,
      durationNs: line.duration_ns,
      items: line.items,
      deviceNs: line.device_ns ?? null,
      phase: phases.at(-1)?.name ?? 'measure',
      excluded: null,
    });
    if (arrivedNs === null) return;
    const delay = arrivedNs - (line.start_ns + line.duration_ns);
    if (offset === null || delay < offset) offset = delay;
  };
  const take = (line: RunnerLine, arrivedNs: number | null): void => {
    begun = true;
    if (line.type === 'run') {
      if (stream.run) stream.invalidReasons.push('a second run line: one stream is one run');
      else stream.run = line;
    } else if (line.type === 'ready') {
      stream.runner = { name: line.runner, version: line.version ?? null };
      stream.executor = executorOf(line.executor);
    } else if (line.type === 'phase') phases.push({ name: line.name, arrivedNs });
    else if (line.type === 'sample') takeSample(line, arrivedNs);
    else if (line.type === 'reading') {
      const reason = line.reason ?? (line.value === null ? 'the runner gave no value' : undefined);
      stream.readings.push({
        tNs: line.t_ns,
        name: line.name,
        value: line.value,
        ...(reason === undefined ? {} : { reason }),
      });
    } else if (line.type === 'output') {
      if (stream.outputDigest !== null && stream.outputDigest !== line.digest) stream.outputChanged = true;
      stream.outputDigest = line.digest;
      stream.outputValues = (line.values ?? []).slice(0, mostValues);
    } else {
      stream.ended = line.type;
      endedNs = arrivedNs;
      if (line.type === 'error') stream.invalidReasons.push(`${line.code}: ${line.message}`.replace(/: $/, ''));
    }
  };
  /** A phase without samples lasted from its line to the next one's. */
  const phaseOf = (name: RunPhaseName): RunPhase => {
    const span = spanOf(name, stream.samples);
    const at = phases.findIndex((phase) => phase.name === name);
    const own = (instant: number | null | undefined) =>
      instant === null || instant === undefined || offset === null ? null : instant - offset;
    return {
      name,
      from: span.from ?? own(phases[at]?.arrivedNs),
      to: span.to ?? own(phases[at + 1]?.arrivedNs ?? endedNs),
    };
  };

  return {
    samples: stream.samples,
    phase: () => phases.at(-1)?.name ?? null,
    garbage: () => garbage,
    begun: () => begun,
    clockOffsetNs: () => offset,
    take: (text, arrivedNs) => {
      if (text.trim() === '') return;
      const result = readRunnerLine(text);
      if ('line' in result) take(result.line, arrivedNs ?? null);
      else {
        garbage += 1;
        firstGarbage ||= result.garbage;
      }
    },
    end: () => {
      const reasons = [...stream.invalidReasons];
      if (garbage > 0) reasons.push(`garbage in the stream, ${garbage} of its lines, first ${firstGarbage}`);
      if (stream.ended === null) reasons.push('the stream ends without done: the runner died or was cut off');
      if (!stream.samples.some(({ phase }) => phase === 'measure')) reasons.push('no sample was measured');
      const names = new Set(phases.map(({ name }) => name));
      return { ...stream, phases: [...names].map(phaseOf), invalidReasons: reasons };
    },
  };
};

/** The lines of a saved stream, folded. */
export const foldStream = (lines: Iterable<string>): RunnerStream => {
  const fold = streamFold();
  for (const text of lines) fold.take(text);
  return fold.end();
};
