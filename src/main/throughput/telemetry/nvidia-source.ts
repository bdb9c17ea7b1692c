import { nvidiaFailure, readNvidiaCsv } from './nvidia-csv.ts';
import { type NvidiaQuery, nvidiaQuery } from './nvidia-fields.ts';
import type { OpenSource, Poll, PollLimits, Reach, TelemetrySource } from './source.ts';
import { toolFault } from './tool-poll.ts';

const tool = 'nvidia-smi';
const gone = ['device-lost', 'device-error', 'driver-mismatch', 'no-driver', 'no-devices'];

/** A failure that says the device is gone ends telemetry; nvidia-smi prints some of them with exit code 0. */
const ask = async (reach: Reach, query: NvidiaQuery, limits: PollLimits): Promise<Poll & { unknown?: string }> => {
  const fields = query.asked.map(({ field }) => field).join(',');
  const result = await reach.runTool(tool, [`--query-gpu=${fields}`, '--format=csv'], limits);
  const failure = nvidiaFailure(`${result.stdout}\n${result.stderr}`);
  if (failure?.kind === 'unknown-field') return { failed: failure.text, unknown: failure.field! };
  if (failure && gone.includes(failure.kind)) return { lost: failure.text };
  return toolFault(result, limits.limitMs) ?? { output: readNvidiaCsv(result.stdout, query) };
};

/** nvidia-smi, asked for what its own help offers; a field it refuses all the same is dropped and the rest asked again. */
export const nvidiaSource: TelemetrySource = {
  tool,
  open: async (reach, limits) => {
    const help = await reach.runTool(tool, ['--help-query-gpu'], limits);
    const failure = nvidiaFailure(`${help.stdout}\n${help.stderr}`);
    if (failure) return { unavailable: failure.text };
    const fault = toolFault(help, limits.limitMs);
    if (fault) return { unavailable: 'lost' in fault ? fault.lost : 'failed' in fault ? fault.failed : 'stopped' };
    const refused: string[] = [];
    let query = nvidiaQuery(help.stdout);
    if (query.asked.length === 0) return { unavailable: 'its help lists no field' };
    let first = await ask(reach, query, limits);
    while ('failed' in first && first.unknown !== undefined && refused.length < 20) {
      refused.push(first.unknown);
      query = nvidiaQuery(help.stdout, refused);
      first = await ask(reach, query, limits);
    }
    if ('lost' in first) return { unavailable: first.lost };
    if ('failed' in first) return { unavailable: first.failed };
    if ('stopped' in first) return { unavailable: 'stopped' };
    if (first.output.readings.length === 0) return { unavailable: first.output.problems[0] ?? 'no GPU in the answer' };
    const source: OpenSource = { tool, poll: (pollLimits) => ask(reach, query, pollLimits) };
    return source;
  },
};
