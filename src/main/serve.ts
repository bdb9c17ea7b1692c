import { openLink } from './platform/child.ts';
import { systemClock } from './platform/clock.ts';
import { hasDisplay } from './platform/electron.ts';
import { rendererFolder } from './platform/renderer-folder.ts';
import { equalSecrets, newSecret } from './platform/secrets.ts';
import { staticFiles } from './platform/static-files.ts';
import type { Terminal } from './platform/terminal.ts';
import { openWorkspace } from './platform/workspace.ts';
import { type Loopback, startLoopback } from './transport/loopback.ts';
import type { FileSource } from './transport/pages.ts';
import { createSessions } from './transport/sessions.ts';
import type { Workbench } from './workbench.ts';

export interface ServeRequest {
  workspace: string;
  port: number;
  open: boolean;
  terminal: Terminal;
  /** Ends the server. */
  signal: AbortSignal;
  onDefect(error: unknown): void;
}

/** Loading the services keeps the process busy for moments: the files of a page that is on its way go first. */
const pageFirst = (source: FileSource) => {
  const pauseMs = 40;
  const patienceMs = 1000;
  let asked = 0;
  const sent = async (signal: AbortSignal): Promise<void> => {
    for (let waited = 0; waited < patienceMs && !signal.aborted; waited += pauseMs) {
      const before = asked;
      await systemClock.sleep(pauseMs, signal);
      // The page itself, and no further file for a while.
      if (asked > 1 && asked === before) return;
    }
  };
  const files: FileSource = (path) => {
    asked += 1;
    return source(path);
  };
  return { files, sent };
};

/** Listen before the services are loaded: the page is on its way to the browser while they are. */
const listen = async ({ workspace, port, onDefect }: ServeRequest) => {
  const sessions = createSessions({ newSecret, equal: equalSecrets });
  const page = pageFirst(staticFiles(rendererFolder()));
  let opened: Promise<Workbench> | null = null;
  const workbench = () => {
    opened ??= import('./workbench.ts').then(({ createWorkbench }) =>
      createWorkbench({ workspace, clock: systemClock, face: 'browser', onDefect }),
    );
    return opened;
  };
  const server = await startLoopback({
    port,
    sessions,
    router: async () => (await workbench()).router,
    files: page.files,
    newNonce: newSecret,
    receiveUpload: async (uploadId, path, source) => (await workbench()).uploads.receive(uploadId, path, source),
    onDefect,
  });
  const close = async () => {
    await server.close();
    if (opened) await (await opened).close();
  };
  return { server, sessions, workbench, pageSent: page.sent, close };
};

const linkOf = (server: Loopback, key: string): string => `${server.origin}/#key=${key}`;

/** The browser face: prints one line with the link, and serves until told to stop. */
export const serve = async (request: ServeRequest): Promise<void> => {
  const { terminal, signal } = request;
  openWorkspace(request.workspace);
  const { server, sessions, workbench, pageSent, close } = await listen(request);
  try {
    terminal.out(`${linkOf(server, sessions.issueKey())}\n`);
    // The printed link stays unused: a key opens one tab only.
    if (request.open && hasDisplay()) openLink(linkOf(server, sessions.issueKey()));
    const stopAsking = onEnter(() => terminal.err(`${linkOf(server, sessions.issueKey())}\n`));
    await pageSent(signal);
    // The services load while the browser reads its page; one that cannot be opened ends the server now, not at the first click.
    await workbench();
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    stopAsking();
  } finally {
    await close();
  }
};

/** Each link opens one tab; a person at the terminal gets another one by pressing Enter. */
const onEnter = (act: () => void): (() => void) => {
  if (!process.stdin.isTTY) return () => undefined;
  process.stdin.on('data', act);
  return () => {
    process.stdin.off('data', act);
    process.stdin.pause();
  };
};
