import type { Executor, RunPhase, RunPhaseName, RunReading, RunSample } from '../../shared/model/throughput-run.ts';
import { type RunnerLine, readRunnerLine } from '../../shared/runner-protocol.ts';

type OpeningLine = Extract<RunnerLine, { type: 'run' }>;

/** Everything a runner said, in order; `invalidReasons` says why it is not a whole run. */
export interface RunnerStream {
  run: OpeningLine | null;
  runner: { name: string; version: string | null } | null;
  executor: Executor | null;
  phases: RunPhase[];
  samples: RunSample[];
  readings: RunReading[];
  outputDigest: string | null;
  invalidReasons: string[];
}

const spanOf = (name: RunPhaseName, samples: RunSample[]): RunPhase => {
  const own = samples.filter((sample) => sample.phase === name);
  const [first, last] = [own[0], own.at(-1)];
  return {
    name,
    from: first?.startNs ?? null,
    to: last && last.startNs !== null ? last.startNs + last.durationNs : null,
  };
};

/** Lines of a saved or a live stream, folded. A line that is garbage ends nothing, but the run is not valid any more. */
export const foldStream = (lines: Iterable<string>): RunnerStream => {
  const stream: RunnerStream = {
    run: null,
    runner: null,
    executor: null,
    phases: [],
    samples: [],
    readings: [],
    outputDigest: null,
    invalidReasons: [],
  };
  const names: RunPhaseName[] = [];
  const garbage: string[] = [];
  let ended = false;
  const take = (line: RunnerLine) => {
    if (line.type === 'run') {
      if (stream.run) stream.invalidReasons.push('a second run line: one stream is one run');
      else stream.run = line;
    } else if (line.type === 'ready') {
      const { name = null, kind = null, driver = null } = line.executor;
      stream.runner = { name: line.runner, version: line.version ?? null };
      stream.executor = {
        name,
        kind: kind ?? 'unknown',
        driver,
        ...(name === null || kind === null ? { reason: 'the runner did not name its executor' } : {}),
      };
    } else if (line.type === 'phase') names.push(line.name);
    else if (line.type === 'sample') {
      stream.samples.push({
        startNs: line.start_ns,
        durationNs: line.duration_ns,
        items: line.items,
        deviceNs: line.device_ns ?? null,
        phase: names.at(-1) ?? 'measure',
        excluded: null,
      });
    } else if (line.type === 'reading') {
      const reason = line.reason ?? (line.value === null ? 'the runner gave no value' : undefined);
      stream.readings.push({
        tNs: line.t_ns,
        name: line.name,
        value: line.value,
        ...(reason === undefined ? {} : { reason }),
      });
    } else if (line.type === 'output') stream.outputDigest = line.digest;
    else {
      ended = true;
      if (line.type === 'error') stream.invalidReasons.push(`${line.code}: ${line.message}`.replace(/: $/, ''));
    }
  };
  for (const text of lines) {
    if (text.trim() === '') continue;
    const result = readRunnerLine(text);
    if ('line' in result) take(result.line);
    else garbage.push(result.garbage);
  }
  if (garbage.length > 0)
    stream.invalidReasons.push(`garbage in the stream, ${garbage.length} of its lines, first ${garbage[0]}`);
  if (!ended) stream.invalidReasons.push('the stream ends without done: the runner died or was cut off');
  if (!stream.samples.some(({ phase }) => phase === 'measure')) stream.invalidReasons.push('no sample was measured');
  stream.phases = [...new Set(names)].map((name) => spanOf(name, stream.samples));
  return stream;
};
