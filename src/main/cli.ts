#!/usr/bin/env node
import type { contract } from '../shared/contract.ts';
import { commandsOf } from './command-line/commands.ts';
import { outcomeOf } from './command-line/outcome.ts';
import { type GlobalOptions, runProgram } from './command-line/program.ts';
import { withSession } from './command-line/session.ts';
import { runAttached } from './platform/child.ts';
import { systemClock } from './platform/clock.ts';
import { electronBinary, hasDisplay } from './platform/electron.ts';
import { desktopEntry } from './platform/renderer-folder.ts';
import { terminal as createTerminal } from './platform/terminal.ts';
import { defaultWorkspace } from './platform/workspace.ts';

const terminal = createTerminal();
const interruption = new AbortController();
const trace = Boolean(process.env.DRIFTBENCH_TRACE);

const onDefect = (error: unknown): void => {
  if (trace) terminal.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};

const openWorkbench = async (workspace: string) => {
  const { createWorkbench } = await import('./workbench.ts');
  const { createDirectClient } = await import('./transport/direct.ts');
  const workbench = createWorkbench({ workspace, clock: systemClock, face: 'command line', onDefect });
  return { client: createDirectClient<typeof contract>(workbench.router, onDefect), close: workbench.close };
};

const hostOf = ({ workspace = defaultWorkspace(), json = false }: GlobalOptions) =>
  commandsOf({
    terminal,
    session: (command) =>
      withSession({ open: () => openWorkbench(workspace), json, terminal, signal: interruption.signal }, command),
    serve: async (port, open) => {
      const { serve } = await import('./serve.ts');
      await serve({ workspace, port, open, terminal, signal: interruption.signal, onDefect });
      return 0;
    },
    desktop: () => {
      const binary = electronBinary();
      if (!binary || !hasDisplay()) return null;
      const env = { ...process.env, DRIFTBENCH_WORKSPACE: workspace };
      return runAttached(binary, [desktopEntry()], env).then((status) => (status === 0 ? 0 : 1));
    },
  });

// A second signal ends the process at once, as nobody listens any more.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort());
// Whoever reads the output may leave before its end.
process.stdout.on('error', () => process.exit(0));

try {
  process.exitCode = await runProgram(process.argv.slice(2), hostOf);
} catch (error) {
  const { code, sentence } = outcomeOf(error);
  if (code === 1) onDefect(error);
  terminal.err(`${sentence}\n`);
  process.exitCode = code;
}
