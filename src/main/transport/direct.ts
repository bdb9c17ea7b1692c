import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import { type AnyRouter, createRouterClient } from '@orpc/server';
import { Cancelled } from '../../shared/errors.ts';
import { convertErrors, plain, toWorkbenchError } from '../../shared/fault.ts';
import { boundary } from './boundary.ts';

const isStream = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** Call the procedures inside this process; values still cross as copies, as they do everywhere else. */
export const createDirectClient = <C extends AnyContractRouter>(
  router: AnyRouter,
  onDefect: (error: unknown) => void = () => undefined,
): ContractRouterClient<C> => {
  const guard = boundary(onDefect);
  return createRouterClient(
    router as never,
    {
      context: {},
      interceptors: [
        (options: { next(): Promise<unknown>; signal?: AbortSignal }) =>
          convertErrors(
            async () => {
              const output = await guard(options);
              return isStream(output) || output === undefined ? output : plain(output);
            },
            (error) => (options.signal?.aborted ? new Cancelled() : toWorkbenchError(error)),
          ),
      ],
    } as never,
  ) as ContractRouterClient<C>;
};
