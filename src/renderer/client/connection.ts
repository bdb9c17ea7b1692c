import { createORPCClient, DynamicLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { bridgeName, type DesktopBridge } from '../../shared/bridge.ts';
import { receivePort } from './desktop-port.ts';
import { forgetToken, openSession, storedToken } from './session.ts';
import { createFetchClient, interceptors, type WorkbenchClient } from './workbench-client.ts';

/** How this window reaches the workbench, and what only its host can do. */
export interface Connection {
  face: 'desktop' | 'browser';
  client: WorkbenchClient;
  /** Present on the desktop only. */
  desktop: Pick<DesktopBridge, 'pathForFile' | 'pickFolder'> | null;
}

const desktopBridge = (): DesktopBridge | null =>
  ((window as unknown as Record<string, unknown>)[bridgeName] as DesktopBridge | undefined) ?? null;

const connectDesktop = (bridge: DesktopBridge): WorkbenchClient => {
  let current: Promise<PortLink<object>> | null = null;
  const open = async () => {
    const port = await receivePort(bridge);
    // A restarted backend is behind a new port: the next call asks for it.
    port.addEventListener('close', () => {
      current = null;
    });
    return new PortLink({ port, interceptors });
  };
  return createORPCClient(
    new DynamicLink(() => {
      current ??= open().catch((error: unknown) => {
        current = null;
        throw error;
      });
      return current;
    }),
  );
};

/** Connect once, when the window starts. Throws UNAUTHORISED in a browser tab without a session. */
export const connect = async (): Promise<Connection> => {
  const bridge = desktopBridge();
  if (bridge) return { face: 'desktop', client: connectDesktop(bridge), desktop: bridge };
  await openSession();
  const client = createFetchClient({ origin: location.origin, token: storedToken, onUnauthorised: forgetToken });
  return { face: 'browser', client, desktop: null };
};
