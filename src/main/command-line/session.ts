import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../../shared/contract.ts';
import type { JobTicket } from '../../shared/model/job.ts';
import { runJob } from '../../shared/run-job.ts';
import { systemClock } from '../platform/clock.ts';
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
}

export interface SessionOptions {
  workspace: string;
  json: boolean;
  terminal: Terminal;
  signal: AbortSignal;
  onDefect(error: unknown): void;
}

/** Run one command over a workspace and close it again, however the command ends. */
export const withSession = async (
  options: SessionOptions,
  command: (session: CommandSession) => Promise<ExitCode>,
): Promise<ExitCode> => {
  const { terminal, signal, onDefect } = options;
  const { createWorkbench } = await import('../workbench.ts');
  const { createDirectClient } = await import('../transport/direct.ts');
  const workbench = createWorkbench({
    workspace: options.workspace,
    clock: systemClock,
    face: 'command line',
    onDefect,
  });
  try {
    const client = createDirectClient<typeof contract>(workbench.router, onDefect);
    const follow = <T>(started: Promise<JobTicket<T>>) =>
      runJob(client, started, { signal, onProgress: terminal.progress });
    return await command({
      client,
      follow,
      datasetId: async (argument) => {
        const path = datasetFileOf(argument);
        return path === null ? argument : (await follow(client.datasets.import({ path }))).id;
      },
      answer: (value, text) => terminal.out(options.json ? `${JSON.stringify(value, null, 2)}\n` : text),
    });
  } finally {
    terminal.clearProgress();
    await workbench.close();
  }
};
