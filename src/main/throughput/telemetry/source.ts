import type { SystemText } from '../../platform/system-files.ts';
import type { RunTool } from '../../platform/tool-process.ts';
import type { ToolOutput } from './reading.ts';

/** What the outside world lets telemetry do; handed in, so that a test can hand in another. */
export interface Reach {
  runTool: RunTool;
  readTexts(paths: readonly string[]): Promise<Record<string, SystemText>>;
  listNames(folder: string): Promise<string[]>;
}

export interface PollLimits {
  limitMs: number;
  signal?: AbortSignal;
}

/** `lost`: asking again is pointless, the device or the tool is gone. `failed`: this time only. */
export type Poll = { output: ToolOutput } | { lost: string } | { failed: string } | { stopped: true };

/** A tool that answered once, and how to ask it again. */
export interface OpenSource {
  tool: string;
  poll(limits: PollLimits): Promise<Poll>;
}

/** A tool that may be there. */
export interface TelemetrySource {
  tool: string;
  open(reach: Reach, limits: PollLimits): Promise<OpenSource | { unavailable: string }>;
}
