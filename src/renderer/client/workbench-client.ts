import { createORPCClient } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../../shared/contract.ts';
import { Cancelled } from '../../shared/errors.ts';
import { convertErrors, toWorkbenchError } from '../../shared/fault.ts';

/** The whole workbench as typed calls; every failure is a `WorkbenchError`. */
export type WorkbenchClient = ContractRouterClient<typeof contract>;

interface Interception {
  next(): Promise<unknown>;
  signal?: AbortSignal | undefined;
}

/** Whatever ends a call that its caller gave up is a cancellation, however the transport words it. */
export const interceptors = [
  ({ next, signal }: Interception) =>
    convertErrors(next, (error) => (signal?.aborted ? new Cancelled() : toWorkbenchError(error))),
];

export interface FetchClientOptions {
  /** Origin of the loopback server, such as `http://127.0.0.1:4173`. */
  origin: string;
  token: () => string | null;
  /** Called when the server no longer accepts the token. */
  onUnauthorised?: () => void;
}

/** The contract over loopback HTTP: POST and JSON only, streams by fetch. */
export const createFetchClient = ({ origin, token, onUnauthorised }: FetchClientOptions): WorkbenchClient => {
  const link = new FetchLink({
    url: `${origin}/rpc`,
    method: 'POST',
    headers: () => ({ authorization: `Bearer ${token() ?? ''}` }),
    fetch: async (request, init) => {
      const response = await fetch(request, { ...init, credentials: 'omit', cache: 'no-store' });
      if (response.status === 401) onUnauthorised?.();
      return response;
    },
    interceptors,
  });
  return createORPCClient(link);
};

/** The contract over a message port: a desktop window's, or one end of a channel in a test. */
export const createPortClient = (port: Pick<MessagePort, 'addEventListener' | 'postMessage'>): WorkbenchClient =>
  createORPCClient(new PortLink({ port, interceptors }));
