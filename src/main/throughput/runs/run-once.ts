import type { Clock } from '../../platform/clock.ts';
import { type RunnerLimits, type RunnerResult, runRunner } from '../../platform/runner-process.ts';
import { monotonicNs } from '../../platform/system-files.ts';
import type { StreamFold } from '../runner-stream.ts';
import {
  type Sampler,
  type SamplerOptions,
  startSampler,
  type TelemetryRecord,
  usualPeriodMs,
} from '../telemetry/sampler.ts';
import type { Reach } from '../telemetry/source.ts';
import { lastResort, telemetrySources } from '../telemetry/sources.ts';
import { type CommandOutput, outputReader } from './command-output.ts';
import type { PreparedRun } from './prepared-run.ts';

export interface RunOnce {
  prepared: PreparedRun;
  env: Readonly<Record<string, string>>;
  clock: Clock;
  reach: Reach;
  signal: AbortSignal;
  /** Called now and then while it runs. */
  onProgress(fold: StreamFold, elapsedMs: number): void;
  limits?: Partial<Omit<RunnerLimits, 'limitMs'>>;
  /** Another pace of the telemetry than the usual one. */
  pace?: Pick<SamplerOptions, 'periodMs' | 'limitMs'>;
}

export interface RanOnce {
  startedAt: string;
  output: CommandOutput;
  result: RunnerResult;
  telemetry: TelemetryRecord;
}

/** Sources that are there answer well within this; the run begins without those that do not. */
const telemetryWaitMs = 3000;
const progressMs = 250;

/** Polls of a device at rest, from which its idle power is told. */
const idlePolls = 5;

/** Where somebody reads power, the run waits long enough to know what the device takes with nothing to do. */
const rest = async (sampler: Sampler, { clock, signal, pace }: RunOnce): Promise<void> => {
  const periodMs = pace?.periodMs ?? usualPeriodMs;
  if (sampler.sources.every(({ tool, state }) => state !== 'used' || tool === 'linux')) return;
  await clock.sleep(periodMs, signal);
  if (sampler.sees(/^(?:power(?:_instant)?_w|energy_[mu]j)$/)) await clock.sleep((idlePolls - 1) * periodMs, signal);
};

/** One process from its start to its end, watched by the telemetry of this machine. */
export const runOnce = async (once: RunOnce): Promise<RanOnce> => {
  const { prepared, env, clock, reach, signal, onProgress } = once;
  const sampler = startSampler({
    sources: telemetrySources,
    lastResort,
    reach,
    clock,
    instantNs: monotonicNs,
    ...once.pace,
  });
  const over = new AbortController();
  try {
    await Promise.race([sampler.ready, clock.sleep(telemetryWaitMs, signal)]);
    await rest(sampler, once);
    const reader = outputReader(prepared.format, `${prepared.workload.id}.txt`);
    const startedAt = clock.now();
    const fromNs = monotonicNs();
    const tell = async (): Promise<void> => {
      while (!over.signal.aborted) {
        onProgress(reader.fold, (monotonicNs() - fromNs) / 1e6);
        await clock.sleep(progressMs, over.signal);
      }
    };
    const telling = tell();
    const result = await runRunner({
      program: prepared.program,
      args: prepared.args,
      env,
      ...(prepared.cwd === undefined ? {} : { cwd: prepared.cwd }),
      workload: {
        id: prepared.workload.id,
        definition: prepared.workload.definition,
        ...(prepared.device === undefined ? {} : { device: prepared.device }),
        ...(prepared.files === undefined ? {} : { files: prepared.files }),
      },
      limits: { ...once.limits, limitMs: prepared.limitMs },
      signal,
      onLine: reader.take,
    });
    over.abort();
    await telling;
    return { startedAt, output: reader.end(), result, telemetry: await sampler.stop() };
  } catch (error) {
    over.abort();
    await sampler.stop();
    throw error;
  }
};
