import type { ToolResult } from '../../platform/tool-process.ts';
import type { ToolOutput } from './reading.ts';
import type { OpenSource, Poll, PollLimits, Reach, TelemetrySource } from './source.ts';

const firstLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '')
    ?.slice(0, 200) ?? '';

/** Why a tool gave no answer that can be read; null when it did. */
export const toolFault = (result: ToolResult, limitMs: number): Exclude<Poll, { output: ToolOutput }> | null => {
  const left = result.unkillable === null ? '' : `, process ${result.unkillable} could not be ended`;
  if (result.ended === 'stopped') return { stopped: true };
  if (result.ended === 'absent') return { lost: `cannot be started: ${result.stderr}` };
  if (result.ended === 'time-out') return { lost: `no answer within ${limitMs} ms${left}` };
  if (result.ended === 'flood') return { failed: 'answered with more text than a table can be' };
  if (result.ended === 'exit' && result.code !== 0)
    return { failed: firstLine(`${result.stdout}\n${result.stderr}`) || `ended with code ${result.code}` };
  return null;
};

/** A tool that is asked with the same words every time. */
export const plainTool = (
  tool: string,
  args: readonly string[],
  read: (text: string) => ToolOutput,
  enough?: (stdout: string) => boolean,
): TelemetrySource => ({
  tool,
  open: async (reach, limits) => {
    const source: OpenSource = {
      tool,
      poll: async (pollLimits) => {
        const result = await reach.runTool(tool, args, enough ? { ...pollLimits, enough } : pollLimits);
        return toolFault(result, pollLimits.limitMs) ?? { output: read(result.stdout) };
      },
    };
    return firstPoll(source, limits);
  },
});

/** A source counts as there when its first answer holds at least one reading. */
const firstPoll = async (source: OpenSource, limits: PollLimits): Promise<OpenSource | { unavailable: string }> => {
  const poll = await source.poll(limits);
  if ('lost' in poll) return { unavailable: poll.lost };
  if ('failed' in poll) return { unavailable: poll.failed };
  if ('stopped' in poll) return { unavailable: 'stopped' };
  if (poll.output.readings.some(({ value }) => value !== null)) return source;
  return { unavailable: poll.output.problems[0] ?? 'answered without a single value' };
};

/** A set of files of the kernel, found once and read again at every poll. */
export const fileSource = (
  tool: string,
  paths: (reach: Reach) => Promise<string[]>,
  read: (files: Awaited<ReturnType<Reach['readTexts']>>) => ToolOutput,
): TelemetrySource => ({
  tool,
  open: async (reach, limits) => {
    const found = await paths(reach);
    if (found.length === 0) return { unavailable: 'not on this machine' };
    return firstPoll({ tool, poll: async () => ({ output: read(await reach.readTexts(found)) }) }, limits);
  },
});
