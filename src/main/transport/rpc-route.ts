import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/node';
import { boundary } from './boundary.ts';

/** Answers a call that passed the gate; false when there is no such procedure. */
export type RpcRoute = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export const rpcRoute = (router: AnyRouter, onDefect: (error: unknown) => void): RpcRoute => {
  const handler = new RPCHandler(router as never, { clientInterceptors: [boundary(onDefect)] });
  return async (request, response) => {
    const { matched } = await handler.handle(request, response, { prefix: '/rpc', context: {} });
    return matched;
  };
};
