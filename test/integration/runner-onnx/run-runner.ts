import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldStream } from '../../../src/main/throughput/runner-stream.ts';
import type { OnnxDefinition } from '../../../src/shared/onnx/definition.ts';
import { RunnerLine } from '../../../src/shared/runner-protocol.ts';

const runner = join(import.meta.dirname, '../../../src/runner/onnx.ts');

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'driftbench-test-'));

export interface Spoken {
  code: number | null;
  lines: RunnerLine[];
  stream: ReturnType<typeof foldStream>;
  stderr: string;
  /** What the runner left in its temporary folder and its home. */
  left: string[];
}

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export const runNode = (args: string[], env: Record<string, string>): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [runner, ...args], { env: { ...process.env, ...env } });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => {
      ended.stdout += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      ended.stderr += data.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ended, code }));
  });

export interface Input {
  definition: OnnxDefinition;
  device?: string;
  model: string;
}

/** The real runner in a process of its own; every line it prints must be one of the protocol. */
export const runOnnx = async (input: Input, env: Record<string, string> = {}): Promise<Spoken> => {
  const folder = newFolder();
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  const path = join(folder, 'workload.json');
  const { model, ...rest } = input;
  writeFileSync(path, JSON.stringify({ id: 'test', ...rest, files: { model } }));
  // Whatever ONNX Runtime keeps for itself, be it a log or an identifier of this machine, would lie here.
  const places = { TMPDIR: temporary, TEMP: temporary, TMP: temporary, HOME: temporary, XDG_CACHE_HOME: temporary };
  const { code, stdout, stderr } = await runNode([], { DRIFTBENCH_WORKLOAD: path, ...places, ...env });
  const left = readdirSync(temporary);
  rmSync(folder, { recursive: true });
  const texts = stdout.split('\n').filter((text) => text !== '');
  return {
    code,
    lines: texts.map((text) => RunnerLine.parse(JSON.parse(text))),
    stream: foldStream(texts),
    stderr,
    left,
  };
};

export const errorOf = ({ lines }: Spoken): { code: string; message: string } => {
  const last = lines.at(-1);
  return last?.type === 'error'
    ? { code: last.code, message: last.message }
    : { code: `ended with ${last?.type}`, message: '' };
};
