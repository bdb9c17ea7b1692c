import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import type { AnyRouter } from '@orpc/server';
import { equalSecrets, newSecret } from '../../src/main/platform/secrets.ts';
import { createDirectClient } from '../../src/main/transport/direct.ts';
import { startLoopback } from '../../src/main/transport/loopback.ts';
import { servePort } from '../../src/main/transport/port.ts';
import { createSessions } from '../../src/main/transport/sessions.ts';
import { interceptors } from '../../src/renderer/client/workbench-client.ts';

export interface Opened<C extends AnyContractRouter> {
  client: ContractRouterClient<C>;
  close(): Promise<void>;
}

type Opener = <C extends AnyContractRouter>(
  router: AnyRouter,
  onDefect: (error: unknown) => void,
) => Promise<Opened<C>>;

const direct: Opener = async <C extends AnyContractRouter>(router: AnyRouter, onDefect: (error: unknown) => void) => ({
  client: createDirectClient<C>(router, onDefect),
  close: async () => undefined,
});

const portClient = (port: MessagePort) => createORPCClient(new PortLink({ port: port as never, interceptors }));

const port: Opener = async (router, onDefect) => {
  const { port1, port2 } = new MessageChannel();
  servePort(router, port1 as never, onDefect);
  port1.start();
  port2.start();
  return {
    client: portClient(port2) as never,
    close: async () => {
      port2.close();
      port1.close();
    },
  };
};

/** The same channel as Electron's main side shows it: `on` with an event that carries the data. */
const asMainPort = (inner: MessagePort) => ({
  on: (event: string, listener: (event?: { data: unknown }) => void) => {
    inner.on(event, (data: unknown) => listener({ data }));
  },
  postMessage: (data: unknown) => inner.postMessage(data),
});

const mainPort: Opener = async (router, onDefect) => {
  const { port1, port2 } = new MessageChannel();
  servePort(router, asMainPort(port1) as never, onDefect);
  port2.start();
  return {
    client: portClient(port2) as never,
    close: async () => {
      port2.close();
      port1.close();
    },
  };
};

const http: Opener = async (router, onDefect) => {
  const sessions = createSessions({ newSecret, equal: equalSecrets });
  const server = await startLoopback({
    port: 0,
    router: () => router,
    sessions,
    files: () => null,
    newNonce: newSecret,
    onDefect,
  });
  const token = sessions.exchange(sessions.issueKey());
  const link = new FetchLink({
    url: `${server.origin}/rpc`,
    method: 'POST',
    // What a browser adds by itself.
    headers: () => ({ authorization: `Bearer ${token}`, origin: server.origin, 'sec-fetch-site': 'same-origin' }),
    interceptors,
  });
  return { client: createORPCClient(link), close: server.close };
};

/** Every way a procedure can be reached. */
export const transports: [name: string, open: Opener][] = [
  ['direct call', direct],
  ['message port', port],
  ['message port of the desktop', mainPort],
  ['loopback HTTP', http],
];
