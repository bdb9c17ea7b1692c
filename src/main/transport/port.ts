import type { SupportedMessagePort } from '@orpc/client/message-port';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { boundary } from './boundary.ts';

/** Serve the procedures on one end of a channel, until the other end closes. */
export const servePort = (
  router: AnyRouter,
  port: SupportedMessagePort,
  onDefect: (error: unknown) => void = () => undefined,
): void => {
  const handler = new RPCHandler(router as never, { clientInterceptors: [boundary(onDefect)] });
  handler.upgrade(port, { context: {} as never });
};
