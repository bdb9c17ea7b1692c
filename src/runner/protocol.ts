import { readFileSync, writeSync } from 'node:fs';
import type { WorkloadDefinition } from '../shared/model/workload.ts';
import type { RunnerLine } from '../shared/runner-protocol.ts';

/** What the workbench hands a runner, as JSON in the file that DRIFTBENCH_WORKLOAD names. */
export interface RunnerInput {
  id: string;
  /** What is held constant: the hash of the workload is made of it. */
  definition: WorkloadDefinition;
  /** Where to run it, which is no part of the workload: an adapter or an execution provider. */
  device?: string;
  /** Where the model lies, which is no part of the workload either: its bytes are. */
  files?: { model: string };
}

/** A fault that ends a run with a code of its own instead of a stack trace. */
export class RunnerFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const origin = process.hrtime.bigint();

/** Monotonic, from the start of this process. */
export const nowNs = (): number => Number(process.hrtime.bigint() - origin);

const write = (text: string): void => {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // The reader is slower than the pipe is deep.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
};

/** Samples that follow each other faster are written together: each write wakes the reader, which takes a core. */
const togetherNs = 50e6;
let held = '';
let writtenNs = 0;

const writeHeld = (): void => {
  const text = held;
  held = '';
  writtenNs = nowNs();
  if (text !== '') write(text);
};
process.once('exit', writeHeld);

/** Written whole, and at once but for samples less than 50 ms after the last write: those are all that a kill can lose. */
export const say = (line: RunnerLine): void => {
  held += `${JSON.stringify(line)}\n`;
  if (line.type !== 'sample' || nowNs() - writtenNs >= togetherNs) writeHeld();
};

/** Read the workload, run it, and end with `done` or `error`, never with a trace on stdout. */
export const speak = async (program: (input: RunnerInput) => Promise<void>): Promise<void> => {
  try {
    const path = process.env.DRIFTBENCH_WORKLOAD;
    if (!path) throw new RunnerFault('no-workload', 'DRIFTBENCH_WORKLOAD names no file');
    await program(JSON.parse(readFileSync(path, 'utf8')) as RunnerInput);
    say({ type: 'done' });
  } catch (error) {
    const code = error instanceof RunnerFault ? error.code : 'failed';
    say({ type: 'error', code, message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  }
};
