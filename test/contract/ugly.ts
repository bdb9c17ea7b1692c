import { eventIterator, oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { z } from 'zod';
import { WorkbenchError } from '../../src/shared/errors.ts';

const nested: z.ZodType<unknown> = z.unknown();

/** A contract of nothing but difficult values; its handlers are real and small. */
export const uglyContract = {
  echo: oc.input(z.object({ value: nested })).output(z.object({ value: nested })),
  number: oc.input(z.object({ value: z.number() })).output(z.object({ value: z.number() })),
  produce: oc
    .input(z.object({ what: z.enum(['nan', 'infinity', 'unsafe']) }))
    .output(z.object({ value: z.number().int() })),
  nothing: oc.input(z.object({}).optional()).output(z.object({ present: z.number().optional() })),
  defaulted: oc.input(z.object({ delta: z.number().default(0.01) })).output(z.object({ delta: z.number() })),
  deep: {
    fail: oc
      .input(z.object({ how: z.enum(['user', 'busy', 'defect', 'string', 'cancelled']) }))
      .output(z.object({ never: z.string() })),
  },
  count: oc
    .input(z.object({ to: z.number(), failAt: z.number().optional() }))
    .output(eventIterator(z.object({ n: z.number(), text: z.string() }))),
  forever: oc.input(z.object({ name: z.string() })).output(eventIterator(z.object({ n: z.number() }))),
};

export interface Witness {
  /** Names of endless streams whose handler was told to stop. */
  stopped: Set<string>;
  defects: unknown[];
}

export const createUglyRouter = (witness: Witness) => {
  const os = implement(uglyContract);
  return os.router({
    echo: os.echo.handler(({ input }) => input),
    number: os.number.handler(({ input }) => input),
    produce: os.produce.handler(({ input }) => ({
      value: { nan: Number.NaN, infinity: Number.POSITIVE_INFINITY, unsafe: 2 ** 53 }[input.what],
    })),
    nothing: os.nothing.handler(() => ({ present: undefined })),
    defaulted: os.defaulted.handler(({ input }) => input),
    deep: {
      fail: os.deep.fail.handler(({ input }) => {
        if (input.how === 'user') {
          throw new WorkbenchError('BAD_INPUT', 'unknown column: contry', {
            file: 'dataset.yaml',
            column: 'contry "<b>',
            counts: [1, 2 ** 53 - 1],
            odd: Number.NaN,
            big: 2n ** 64n,
            none: null,
          });
        }
        if (input.how === 'busy') throw new WorkbenchError('BUSY', 'dataset is being imported: expenses');
        if (input.how === 'cancelled') throw new DOMException('The operation was aborted', 'AbortError');
        if (input.how === 'string') throw 'a bare string with /secret/path';
        throw new TypeError("Cannot read properties of undefined (reading '/secret/path')");
      }),
    },
    count: os.count.handler(async function* ({ input }) {
      for (let n = 0; n < input.to; n += 1) {
        if (n === input.failAt) throw new WorkbenchError('UNAVAILABLE', `stream broke: ${n}`, { n });
        yield { n, text: '\u2028é'.repeat(n % 5) };
      }
    }),
    forever: os.forever.handler(async function* ({ input, signal }) {
      try {
        for (let n = 0; ; n += 1) {
          yield { n };
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, 5);
            signal?.addEventListener('abort', () => {
              clearTimeout(timer);
              resolve();
            });
          });
          if (signal?.aborted) return;
        }
      } finally {
        witness.stopped.add(input.name);
      }
    }),
  });
};
