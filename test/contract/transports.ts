import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { equalSecrets, newSecret } from '../../src/main/platform/secrets.ts';
import { createDirectClient } from '../../src/main/transport/direct.ts';
import { startLoopback } from '../../src/main/transport/loopback.ts';
import { servePort } from '../../src/main/transport/port.ts';
import { createSessions } from '../../src/main/transport/sessions.ts';
import { interceptors } from '../../src/renderer/client/workbench-client.ts';
import { createUglyRouter, type uglyContract, type Witness } from './ugly.ts';

export type UglyClient = ContractRouterClient<typeof uglyContract>;

export interface Opened {
  client: UglyClient;
  close(): Promise<void>;
}

type Opener = (witness: Witness) => Promise<Opened>;

const direct: Opener = async (witness) => ({
  client: createDirectClient<typeof uglyContract>(createUglyRouter(witness), (error) => witness.defects.push(error)),
  close: async () => undefined,
});

const port: Opener = async (witness) => {
  const { port1, port2 } = new MessageChannel();
  servePort(createUglyRouter(witness), port1 as never, (error) => witness.defects.push(error));
  port1.start();
  port2.start();
  const client: UglyClient = createORPCClient(new PortLink({ port: port2 as never, interceptors }));
  return {
    client,
    close: async () => {
      port2.close();
      port1.close();
    },
  };
};

/** The same channel as Electron's main side shows it: `on` with an event that carries the data. */
const asMainPort = (port: MessagePort) => ({
  on: (event: string, listener: (event?: { data: unknown }) => void) => {
    port.on(event, (data: unknown) => listener({ data }));
  },
  postMessage: (data: unknown) => port.postMessage(data),
});

const mainPort: Opener = async (witness) => {
  const { port1, port2 } = new MessageChannel();
  servePort(createUglyRouter(witness), asMainPort(port1) as never, (error) => witness.defects.push(error));
  port2.start();
  const client: UglyClient = createORPCClient(new PortLink({ port: port2 as never, interceptors }));
  return {
    client,
    close: async () => {
      port2.close();
      port1.close();
    },
  };
};

const http: Opener = async (witness) => {
  const sessions = createSessions({ newSecret, equal: equalSecrets });
  const server = await startLoopback({
    port: 0,
    router: () => createUglyRouter(witness),
    sessions,
    files: () => null,
    newNonce: newSecret,
    onDefect: (error) => witness.defects.push(error),
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

export const transports: [name: string, open: Opener][] = [
  ['direct call', direct],
  ['message port', port],
  ['message port of the desktop', mainPort],
  ['loopback HTTP', http],
];
