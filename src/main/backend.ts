import { systemClock } from './platform/clock.ts';
import { servePort } from './transport/port.ts';
import { createWorkbench } from './workbench.ts';

/** The part of a utility process's parent port that is used here; this file never imports electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: { start(): void }[] }) => void): void;
}

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
const workspace = process.argv[2];
if (!parentPort || !workspace) throw new Error('backend runs as a utility process of the desktop: backend WORKSPACE');

const onDefect = (error: unknown): void => {
  console.error(error);
};
const workbench = createWorkbench({ workspace, clock: systemClock, face: 'desktop', onDefect });

// Each message brings one port of one window; its calls end when the window closes it.
parentPort.on('message', ({ data, ports: [port] }) => {
  if (data === 'stop') {
    void workbench.close().then(() => process.exit(0));
    return;
  }
  if (!port) return;
  servePort(workbench.router, port as never, onDefect);
  port.start();
});
