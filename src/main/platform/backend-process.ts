import { app, MessageChannelMain, type UtilityProcess, utilityProcess, type WebFrameMain } from 'electron';
import { portMessage } from '../../shared/bridge.ts';
import { restartBudget } from './window-rules.ts';

export interface BackendOptions {
  /** The built backend. */
  entry: string;
  workspace: string;
  /** The backend died more often than it may. */
  onFatal(reason: string): void;
}

export interface BackendProcess {
  /** A new channel: one end to the backend, the other to the frame that asked. */
  connect(frame: WebFrameMain): void;
  stop(): void;
}

/** Keep one backend alive, three restarts a minute at most; a window reconnects by asking for a new port. */
export const startBackend = ({ entry, workspace, onFatal }: BackendOptions): BackendProcess => {
  const budget = restartBudget();
  let child: UtilityProcess | null = null;
  let stopped = false;
  // A crash shows as exit code 0 on the child itself; only the application is told why.
  let lastReason = 'unknown';
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (type === 'Utility') lastReason = reason;
  });
  const start = (): void => {
    const started = utilityProcess.fork(entry, [workspace], { serviceName: 'driftbench backend', stdio: 'inherit' });
    child = started;
    started.once('exit', () => {
      if (child === started) child = null;
      if (stopped) return;
      if (budget.take(performance.now())) start();
      else onFatal(lastReason);
    });
  };
  start();
  return {
    connect: (frame) => {
      if (!child) throw new Error('backend is restarting');
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage('port', [port1]);
      frame.postMessage(portMessage, null, [port2]);
    },
    stop: () => {
      stopped = true;
      child?.postMessage('stop');
    },
  };
};
