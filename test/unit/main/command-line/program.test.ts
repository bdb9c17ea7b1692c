import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../../../src/main/command-line/outcome.ts';
import { type Commands, type GlobalOptions, runProgram } from '../../../../src/main/command-line/program.ts';
import { Cancelled, UserFault, WorkbenchError } from '../../../../src/shared/errors.ts';

interface Seen {
  command: string;
  values: unknown[];
  global: GlobalOptions;
}

const run = async (...argv: string[]): Promise<{ seen: Seen | null; code: number }> => {
  let seen: Seen | null = null;
  const commands = (global: GlobalOptions): Commands => {
    const note =
      (command: string) =>
      async (...values: unknown[]) => {
        seen = { command, values, global };
        return 0 as const;
      };
    return {
      start: note('start'),
      serve: note('serve'),
      import: note('import'),
      compare: note('compare'),
      series: note('series'),
      investigate: note('investigate'),
      report: note('report'),
      doctor: note('doctor'),
      throughput: {
        workloads: note('throughput workloads'),
        run: note('throughput run'),
        import: note('throughput import'),
        compare: note('throughput compare'),
        history: note('throughput history'),
      },
    };
  };
  const code = await runProgram(argv, commands);
  return { seen, code };
};

const windows = ['--reference', 'a', '--current', 'b'];

describe('the command line reads', () => {
  test.each([
    ['before the command', ['--workspace', '/w', '--json', 'accuracy', 'compare', 'd', ...windows]],
    ['after the command', ['accuracy', 'compare', 'd', ...windows, '--json', '--workspace', '/w']],
    ['with equals signs', ['accuracy', 'compare', '--workspace=/w', '--reference=a', '--current=b', 'd', '--json']],
  ])('its options %s', async (_name, argv) => {
    expect((await run(...argv)).seen).toMatchObject({
      command: 'compare',
      global: { workspace: '/w', json: true },
      values: ['d', { reference: 'a', current: 'b' }],
    });
  });

  test('an investigation as a comparison with a title, and a report', async () => {
    const opened = await run('investigate', 'accuracy', 'd', ...windows, '--seed', '4', '--title', 'May');
    expect(opened.seen).toMatchObject({
      command: 'investigate',
      values: ['d', { reference: 'a', current: 'b', seed: '4', title: 'May' }],
    });
    const report = await run('report', 'i', '--format', 'html', '--out', 'r.html');
    expect(report.seen).toMatchObject({ command: 'report', values: ['i', { format: 'html', out: 'r.html' }] });
  });

  test('every option of a comparison', async () => {
    const options = ['--as-of', 't', '--metric', 'm', '--delta', '1', '--min-cell', '2', '--depth', '3', '--seed', '4'];
    const within = ['--within', 'country=PT', '--within', 'tier'];
    const { seen } = await run(
      ...['accuracy', 'compare', 'd', ...windows, ...options, ...within, '--fail-on', 'regression'],
    );
    expect(seen?.values[1]).toEqual({
      reference: 'a',
      current: 'b',
      asOf: 't',
      metric: 'm',
      within: ['country=PT', 'tier'],
      delta: '1',
      minCell: '2',
      depth: '3',
      seed: '4',
      failOn: 'regression',
    });
  });

  test('a negative number as the value of an option', async () => {
    const { seen } = await run('accuracy', 'compare', 'd', ...windows, '--delta=-1');
    expect(seen?.values[1]).toMatchObject({ delta: '-1' });
  });

  test('that nothing is to be opened', async () => {
    expect((await run('serve', '--no-open', '--port', '80')).seen?.values[0]).toEqual({ open: false, port: '80' });
    expect((await run('start')).seen?.values[0]).toEqual({ open: true });
  });
});

describe('bad usage is one sentence', () => {
  test.each([
    [[], 'a command is missing, see driftbench --help'],
    [['accuracy'], 'a command is missing, see driftbench --help'],
    [['nonsense'], "unknown command 'nonsense'"],
    [['accuracy', 'nonsense'], "unknown command 'nonsense'"],
    [['doctor', '--nonsense'], "unknown option '--nonsense'"],
    [['doctor', 'extra'], "too many arguments for 'doctor', expected 0 arguments but got 1: extra"],
    [['import'], "missing required argument 'dataset.yaml'"],
    [['accuracy', 'compare', 'd', '--reference', 'a'], "required option '--current <from..to>' not specified"],
    [['accuracy', 'compare', 'd', ...windows, '--delta'], "option '--delta <number>' argument missing"],
    [
      ['accuracy', 'compare', 'd', ...windows, '--fail-on', 'rain'],
      "option '--fail-on <verdict>' argument 'rain' is invalid, allowed choices are regression",
    ],
  ])('%j', async (argv, message) => {
    await expect(run(...argv)).rejects.toThrow(new UserFault(message));
  });
});

describe('a failure ends', () => {
  test.each<[Error, number, string]>([
    [new UserFault('unknown column:\n  contry'), 2, 'unknown column: contry'],
    [new WorkbenchError('NOT_FOUND', 'unknown dataset: x'), 2, 'unknown dataset: x'],
    [new Cancelled(), 130, 'cancelled'],
    [
      new TypeError('secret\nstack'),
      1,
      'a defect in driftbench stopped this command, set DRIFTBENCH_TRACE=1 to see where',
    ],
  ])('%s', (error, code, sentence) => {
    expect(outcomeOf(error)).toEqual({ code, sentence });
  });
});
