import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../../shared/contract.ts';
import type { JobTicket } from '../../shared/model/job.ts';
import { runJob } from '../../shared/run-job.ts';
import { datasetFileOf, type Terminal } from '../platform/terminal.ts';
import type { ExitCode } from './outcome.ts';

export type DirectWorkbench = ContractRouterClient<typeof contract>;

/** What a command works with: the procedures of the contract, called inside this process. */
export interface CommandSession {
  client: DirectWorkbench;
  follow<T>(started: Promise<JobTicket<T>>): Promise<T>;
  /** An id as it is; a path is imported first when it is new or has changed. */
  datasetId(argument: string): Promise<string>;
  /** One JSON document, or the text a person reads. */
  answer(value: unknown, text: string): void;
  /** One sentence on stderr beside the answer. */
  remark(sentence: string): void;
}

export interface SessionOptions {
  /** The workbench of this process over the chosen workspace. */
  open(): Promise<{ client: DirectWorkbench; close(): Promise<void> }>;
  json: boolean;
  terminal: Terminal;
  signal: AbortSignal;
}

/** Run one command over a workspace and close it again, however the command ends. */
export const withSession = async (
  options: SessionOptions,
  command: (session: CommandSession) => Promise<ExitCode>,
): Promise<ExitCode> => {
  const { terminal, signal } = options;
  const { client, close } = await options.open();
  try {
    const follow = <T>(started: Promise<JobTicket<T>>) =>
      runJob(client, started, { signal, onProgress: terminal.progress });
    return await command({
      client,
      follow,
      datasetId: async (argument) => {
        const path = datasetFileOf(argument);
        return path === null ? argument : (await follow(client.datasets.import({ path }))).id;
      },
      remark: (sentence) => terminal.err(`${sentence}\n`),
      answer: (value, text) => terminal.out(options.json ? `${JSON.stringify(value, null, 2)}\n` : text),
    });
  } finally {
    terminal.clearProgress();
    await close();
  }
};
