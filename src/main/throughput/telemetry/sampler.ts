import type { RunReading } from '../../../shared/model/throughput-run.ts';
import type { Clock } from '../../platform/clock.ts';
import type { TelemetryFact, TelemetryReading, ToolOutput } from './reading.ts';
import type { OpenSource, Poll, Reach, TelemetrySource } from './source.ts';
import { readXids, type XidLine } from './xid.ts';

export interface SamplerOptions {
  /** Lists of alternatives, as `telemetrySources` has them. */
  sources: readonly (readonly TelemetrySource[])[];
  /** Asked only when no list gave a GPU. */
  lastResort?: TelemetrySource;
  reach: Reach;
  clock: Pick<Clock, 'sleep'>;
  /** Nanoseconds on the clock that the run's samples are brought to. */
  instantNs(): number;
  /** Time from one poll to the next; the default keeps no step with the 100 ms of the sensors. */
  periodMs?: number;
  /** A tool that takes longer hangs. */
  limitMs?: number;
}

export interface TimedReading extends TelemetryReading {
  /** Middle of the poll that brought it. */
  tNs: number;
}

export interface SourceRecord {
  tool: string;
  state: 'used' | 'unavailable' | 'lost';
  polls: number;
  /** Why it is not used, or what ended it. */
  reason: string | null;
  /** The moment it was lost. */
  lostAtNs: number | null;
}

export interface TelemetryRecord {
  periodMs: number;
  readings: TimedReading[];
  /** As they were at the first poll. */
  facts: TelemetryFact[];
  sources: SourceRecord[];
  /** Each sentence once, with how often it was said. */
  problems: { tool: string; text: string; count: number }[];
  /** Xid lines of the kernel's log between start and stop. */
  faults: XidLine[];
  /** Why the kernel's log was not read. */
  faultsUnknown: string | null;
}

export interface Sampler {
  /** Fulfilled when every source was tried; a run need not wait for it. */
  ready: Promise<void>;
  /** What was chosen and what was not there, so far. */
  sources: readonly SourceRecord[];
  /** Whether a value of such a name has been read. */
  sees(name: RegExp): boolean;
  /** End every tool and wait until none is left. */
  stop(): Promise<TelemetryRecord>;
}

/** Not a divisor of 100 ms, with which sensors keep step. */
export const usualPeriodMs = 517;
const mostFailures = 3;
/** What hardly ever changes is kept when it does, and not at every poll; so is the reason of what is unknown. */
const steady = /(?:_limit_w|_max|_total_mib|_lifetime|_range_uj)$|^(?:max|application|remapped|retired)_/;
const fileTools = new Set(['linux', 'hwmon', 'rapl']);

const record = (tool: string, state: SourceRecord['state'], reason: string | null): SourceRecord => ({
  tool,
  state,
  polls: 0,
  reason,
  lostAtNs: null,
});

/**
 * Choose the sources that are there and poll each in a loop of its own, so that one that hangs holds up neither the run
 * nor another. A source that hangs is ended and not asked again: after a GPU has fallen off the bus every call hangs.
 */
export const startSampler = (options: SamplerOptions): Sampler => {
  const { reach, clock, instantNs, periodMs = usualPeriodMs, limitMs = 5000 } = options;
  const stopping = new AbortController();
  const limits = { limitMs, signal: stopping.signal };
  const records: SourceRecord[] = [];
  const readings: TimedReading[] = [];
  const kept = new Map<string, TelemetryReading>();
  const facts = new Map<string, TelemetryFact>();
  const problems = new Map<string, TelemetryRecord['problems'][number]>();

  const open = async (source: TelemetrySource): Promise<OpenSource | null> => {
    const opened = await source.open(reach, limits).catch((error: unknown) => ({ unavailable: String(error) }));
    if ('unavailable' in opened) {
      records.push(record(source.tool, 'unavailable', opened.unavailable));
      return null;
    }
    return opened;
  };
  const firstOf = async (alternatives: readonly TelemetrySource[]): Promise<OpenSource | null> => {
    for (const source of alternatives) {
      const opened = await open(source);
      if (opened) return opened;
    }
    return null;
  };

  const complain = (tool: string, text: string): void => {
    const key = `${tool}\n${text}`;
    const problem = problems.get(key) ?? { tool, text, count: 0 };
    problem.count += 1;
    problems.set(key, problem);
  };
  const keep = (tool: string, tNs: number, output: ToolOutput): void => {
    for (const reading of output.readings) {
      const key = `${reading.device}\n${reading.name}`;
      const last = kept.get(key);
      const same = last?.value === reading.value && last.reason === reading.reason;
      if (same && (reading.value === null || steady.test(reading.name))) continue;
      kept.set(key, reading);
      readings.push({ ...reading, tNs });
    }
    for (const fact of output.facts) {
      const key = `${fact.device}\n${fact.name}`;
      if (!facts.has(key)) facts.set(key, fact);
    }
    for (const text of output.problems) complain(tool, text);
  };
  /** From this moment on the values are unknown, and the record says so for each of them. */
  const lose = (entry: SourceRecord, names: ReadonlyMap<string, TelemetryReading>, reason: string): void => {
    entry.state = 'lost';
    entry.reason = reason;
    entry.lostAtNs = instantNs();
    for (const reading of names.values())
      readings.push({ ...reading, value: null, reason: `telemetry lost: ${reason}`, tNs: entry.lostAtNs });
  };

  const watch = async (source: OpenSource): Promise<void> => {
    const entry = record(source.tool, 'used', null);
    records.push(entry);
    const names = new Map<string, TelemetryReading>();
    let failures = 0;
    while (!stopping.signal.aborted) {
      const before = instantNs();
      const poll = await pollOnce(source);
      const after = instantNs();
      if ('stopped' in poll || stopping.signal.aborted) return;
      if ('output' in poll) {
        entry.polls += 1;
        failures = 0;
        for (const reading of poll.output.readings) names.set(`${reading.device}\n${reading.name}`, reading);
        keep(source.tool, (before + after) / 2, poll.output);
      } else {
        const reason = 'lost' in poll ? poll.lost : poll.failed;
        failures += 1;
        if ('lost' in poll || failures >= mostFailures) {
          lose(entry, names, reason);
          return;
        }
        complain(source.tool, reason);
      }
      await clock.sleep(Math.max(0, periodMs - (after - before) / 1e6), stopping.signal);
    }
  };
  /** Reading a file of a sick driver can hang as well, and no signal ends that. */
  const pollOnce = async (source: OpenSource): Promise<Poll> => {
    const done = new AbortController();
    const late = clock
      .sleep(2 * limitMs, done.signal)
      .then((): Poll => ({ lost: `no answer within ${2 * limitMs} ms` }));
    const poll = source.poll(limits).catch((error: unknown): Poll => ({ failed: String(error) }));
    const first = await Promise.race([poll, late]);
    done.abort();
    return first;
  };

  const loops: Promise<void>[] = [];
  const startedNs = instantNs();
  const tryList = async (alternatives: readonly TelemetrySource[]): Promise<OpenSource | null> => {
    const source = await firstOf(alternatives);
    if (source) loops.push(watch(source));
    return source;
  };
  const tryAll = async (): Promise<void> => {
    const chosen = await Promise.all(options.sources.map(tryList));
    const none = chosen.every((source) => source === null || fileTools.has(source.tool));
    if (none && options.lastResort && !stopping.signal.aborted) await tryList([options.lastResort]);
  };
  const ready = tryAll();

  return {
    ready,
    sources: records,
    sees: (name) => readings.some((reading) => reading.value !== null && name.test(reading.name)),
    stop: async () => {
      stopping.abort();
      await ready;
      await Promise.all(loops);
      const log = await kernelFaults(reach, limitMs, startedNs / 1e9, instantNs() / 1e9);
      return {
        periodMs,
        readings,
        facts: [...facts.values()],
        sources: records,
        problems: [...problems.values()],
        ...log,
      };
    },
  };
};

const slackSeconds = 2;

/** Lines of the kernel's log count seconds since boot; where the log is not readable that is said. */
const kernelFaults = async (
  reach: Reach,
  limitMs: number,
  fromSeconds: number,
  toSeconds: number,
): Promise<Pick<TelemetryRecord, 'faults' | 'faultsUnknown'>> => {
  const result = await reach.runTool('dmesg', [], { limitMs });
  if (result.ended !== 'exit' || result.code !== 0) {
    const why = result.ended === 'exit' ? result.stderr.split('\n')[0] : result.ended;
    return { faults: [], faultsUnknown: `the kernel's log cannot be read: ${why}` };
  }
  const during = ({ atSeconds }: XidLine) =>
    atSeconds === null || (atSeconds >= fromSeconds - slackSeconds && atSeconds <= toSeconds + slackSeconds);
  return { faults: readXids(result.stdout).filter(during), faultsUnknown: null };
};

/** Readings as a run keeps them: those of the run's own device and of the host by name, the others as `name@device`. */
export const runReadings = (readings: readonly TimedReading[], device: string | null): RunReading[] => {
  const gpus = new Set(readings.filter((each) => each.device !== 'host').map((each) => each.device));
  const own = device ?? (gpus.size === 1 ? [...gpus][0] : null);
  return readings.map(({ tNs, device: of, name, value, reason }) => ({
    tNs,
    name: of === own || of === 'host' ? name : `${name}@${of}`,
    value,
    ...(reason === undefined ? {} : { reason }),
  }));
};
