import type { RunTool } from '../../platform/tool-process.ts';
import type { RunnerProgram } from './source.ts';

/** How this machine starts runners of ours. */
export interface RunnerHost {
  runTool: RunTool;
  program(name: 'webgpu' | 'onnx'): RunnerProgram;
}

/** A driver that is loaded for the first time may take seconds. */
const limitMs = 20_000;

/** What a runner says of this machine when it is only asked, or why it does not. */
export const probeRunner = async (
  { runTool, program }: RunnerHost,
  name: 'webgpu' | 'onnx',
  signal: AbortSignal,
): Promise<{ stdout: string } | { unavailable: string }> => {
  const runner = program(name);
  if ('unavailable' in runner) return runner;
  const { ended, code, stdout } = await runTool(runner.program, [...runner.args, '--probe'], { limitMs, signal });
  if (ended === 'exit' && code === 0) return { stdout };
  if (ended === 'time-out') return { unavailable: `the ${name} runner did not answer within ${limitMs / 1000} s` };
  return { unavailable: `the ${name} runner cannot be started: ${ended === 'exit' ? `exit code ${code}` : ended}` };
};
