import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerProgram } from '../../../src/main/platform/runner-program.ts';
import { type RunnerLine, readRunnerLine } from '../../../src/shared/runner-protocol.ts';
import { scratchFolder } from '../../fixtures/scratch.ts';

export interface Spoken {
  code: number | null;
  lines: RunnerLine[];
  garbage: string[];
  stderr: string;
}

export const linesOf = <Type extends RunnerLine['type']>({ lines }: Spoken, type: Type) =>
  lines.filter((line): line is Extract<RunnerLine, { type: Type }> => line.type === type);

/** The runner as a process of its own over one workload, to its end. */
export const speakWith = (workload: unknown, env: Record<string, string>): Promise<Spoken> => {
  const file = join(scratchFolder(), 'workload.json');
  writeFileSync(file, JSON.stringify(workload));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [runnerProgram('webgpu').file], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env, DRIFTBENCH_WORKLOAD: file },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const results = stdout.split('\n').filter(Boolean).map(readRunnerLine);
      resolve({
        code,
        lines: results.flatMap((result) => ('line' in result ? [result.line] : [])),
        garbage: results.flatMap((result) => ('garbage' in result ? [result.garbage] : [])),
        stderr,
      });
    });
  });
};
