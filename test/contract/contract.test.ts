import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WorkbenchError } from '../../src/shared/errors.ts';
import { type Opened, transports } from './transports.ts';
import { createUglyRouter, type uglyContract, type Witness } from './ugly.ts';

const fault = async (call: Promise<unknown>): Promise<WorkbenchError> => {
  const error = await call.then(
    () => new Error('the call succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(WorkbenchError);
  return error as WorkbenchError;
};

const until = async (condition: () => boolean): Promise<void> => {
  for (let waited = 0; !condition(); waited += 5) {
    if (waited > 5000) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

describe.each(transports)('over %s', (_name, open) => {
  const witness: Witness = { stopped: new Set(), defects: [] };
  let opened: Opened<typeof uglyContract>;
  beforeAll(async () => {
    opened = await open(createUglyRouter(witness), (error) => witness.defects.push(error));
  });
  afterAll(() => opened.close());

  test.each([
    ['empty text', ''],
    ['text that looks like a number', '007'],
    ['unicode of every plane', 'ß 漢字 👩‍👩‍👧‍👦 \u0000 \u2028 \u2029 \uFEFF e\u0301'],
    ['markup and quotes', `<script>alert("x")</script>'"\`\\ \r\n\t`],
    ['a lone surrogate replaced by nothing else', 'a\uFFFDb'],
    ['a huge text', 'é€😀'.repeat(200_000)],
    ['null', null],
    ['false', false],
    ['zero', 0],
    ['2^53 - 1', Number.MAX_SAFE_INTEGER],
    ['-(2^53 - 1)', Number.MIN_SAFE_INTEGER],
    ['2^53', 2 ** 53],
    ['the smallest number', Number.MIN_VALUE],
    ['the largest number', Number.MAX_VALUE],
    ['a number without an end in binary', 0.1 + 0.2],
    ['a count beyond 2^53 as text', '18446744073709551615'],
    ['an empty list', []],
    ['an empty record', {}],
    ['lists in lists', [[], [[]], [[[null]]]]],
    ['hostile keys', { '': 1, constructor: 2, 'a.b': 3, '0': 4, json: 5, meta: [[1, 'x']], __proto: 6 }],
    ['depth', Array.from({ length: 200 }).reduce<unknown>((inner) => ({ inner }), 'bottom')],
  ])('%s arrives as it was sent', async (_what, value) => {
    expect(await opened.client.echo({ value })).toStrictEqual({ value });
  });

  test('any JSON value arrives as it was sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const sent = JSON.parse(JSON.stringify(value)) as unknown;
        expect(await opened.client.echo({ value: sent })).toStrictEqual({ value: sent });
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%s is refused as input',
    async (value) => {
      const { code, message } = await fault(opened.client.number({ value }));
      expect(code).toBe('BAD_INPUT');
      expect(message).toMatch(/^invalid value: expected number/);
    },
  );

  test.each(['nan', 'infinity', 'unsafe'] as const)('%s as output is a defect of ours, never a value', async (what) => {
    const { code, message } = await fault(opened.client.produce({ what }));
    expect([code, message]).toEqual(['DEFECT', 'a defect in driftbench stopped this call']);
  });

  test('a missing value is missing, and a default is filled in', async () => {
    expect((await opened.client.nothing()).present).toBeUndefined();
    expect(await opened.client.defaulted({})).toStrictEqual({ delta: 0.01 });
  });

  test('input of the wrong shape names where it is wrong', async () => {
    const { code, message } = await fault(opened.client.number({ value: 'seven' as never }));
    expect([code, message]).toEqual(['BAD_INPUT', 'invalid value: expected number, received string']);
  });

  test('a fault of the user keeps code, message and details', async () => {
    const { code, message, details } = await fault(opened.client.deep.fail({ how: 'user' }));
    expect({ code, message, details }).toStrictEqual({
      code: 'BAD_INPUT',
      message: 'unknown column: contry',
      details: {
        file: 'dataset.yaml',
        column: 'contry "<b>',
        counts: [1, Number.MAX_SAFE_INTEGER],
        odd: null,
        big: '18446744073709551616',
        none: null,
      },
    });
  });

  test('an aborted operation is a cancellation', async () => {
    expect((await fault(opened.client.deep.fail({ how: 'cancelled' }))).code).toBe('CANCELLED');
  });

  test.each(['defect', 'string'] as const)(
    'a %s crosses without its text and its stack, and is told here',
    async (how) => {
      const before = witness.defects.length;
      const error = await fault(opened.client.deep.fail({ how }));
      expect(error.code).toBe('DEFECT');
      expect(JSON.stringify({ ...error, message: error.message })).not.toContain('secret');
      expect(witness.defects.length).toBe(before + 1);
    },
  );

  test('a stream arrives whole and in order', async () => {
    const seen: number[] = [];
    for await (const { n, text } of await opened.client.count({ to: 200 })) {
      expect(text).toBe('\u2028é'.repeat(n % 5));
      seen.push(n);
    }
    expect(seen).toStrictEqual(Array.from({ length: 200 }, (_, n) => n));
  });

  test('a stream that breaks delivers what came before, then its fault', async () => {
    const seen: number[] = [];
    const error = await fault(
      (async () => {
        for await (const { n } of await opened.client.count({ to: 9, failAt: 3 })) seen.push(n);
      })(),
    );
    expect(seen).toStrictEqual([0, 1, 2]);
    expect([error.code, error.message, error.details]).toStrictEqual(['UNAVAILABLE', 'stream broke: 3', { n: 3 }]);
  });

  test('leaving a stream stops its handler', async () => {
    for await (const { n } of await opened.client.forever({ name: 'left' })) if (n === 2) break;
    await until(() => witness.stopped.has('left'));
  });

  test('aborting a stream stops its handler', async () => {
    const abort = new AbortController();
    const reading = (async () => {
      for await (const { n } of await opened.client.forever({ name: 'aborted' }, { signal: abort.signal })) {
        if (n === 2) abort.abort();
      }
    })();
    await reading.catch((error: unknown) => expect((error as WorkbenchError).code).toBe('CANCELLED'));
    await until(() => witness.stopped.has('aborted'));
  });

  test('many calls at once keep apart', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, value) => opened.client.number({ value })));
    expect(answers.map(({ value }) => value)).toStrictEqual(Array.from({ length: 100 }, (_, value) => value));
  });
});
