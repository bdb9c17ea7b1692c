import { describe, expect, test } from 'vitest';
import {
  compareRequest,
  parseInstant,
  parseWindow,
  seriesRequest,
} from '../../../../src/main/command-line/arguments.ts';
import { UserFault } from '../../../../src/shared/errors.ts';

const windows = { reference: '2026-03-01..2026-03-28', current: '2026-03-29..2026-04-02' };

describe('a window', () => {
  test.each([
    ['2026-03-01..2026-03-28', { from: '2026-03-01', to: '2026-03-28' }],
    ['2024-02-29..2024-02-29', { from: '2024-02-29', to: '2024-02-29' }],
    ['1970-01-01..9999-12-31', { from: '1970-01-01', to: '9999-12-31' }],
  ])('%s', (text, window) => {
    expect(parseWindow('--current', text)).toEqual(window);
  });

  test.each([
    ['2026-02-30..2026-03-01', '--current names no day of the calendar: 2026-02-30'],
    ['2025-02-29..2025-03-01', '--current names no day of the calendar: 2025-02-29'],
    ['1900-02-29..1900-03-01', '--current names no day of the calendar: 1900-02-29'],
    ['2026-13-01..2026-13-02', '--current names no day of the calendar: 2026-13-01'],
    ['2026-00-10..2026-01-01', '--current names no day of the calendar: 2026-00-10'],
    ['2026-1-1..2026-1-2', '--current names no day of the calendar: 2026-1-1'],
    ['..2026-01-01', '--current names no day of the calendar: '],
    ['2026-01-01..', '--current names no day of the calendar: '],
    ['2026-03-02..2026-03-01', '--current ends before it begins: 2026-03-02..2026-03-01'],
    ['2026-03-01', '--current takes two days, such as 2026-03-01..2026-03-28: 2026-03-01'],
    ['a..b..c', '--current takes two days, such as 2026-03-01..2026-03-28: a..b..c'],
    ['', '--current takes two days, such as 2026-03-01..2026-03-28: '],
  ])('%j is refused', (text, message) => {
    expect(() => parseWindow('--current', text)).toThrow(new UserFault(message));
  });
});

describe('an instant', () => {
  test.each(['2026-03-01', '2026-03-01T12:00Z', '2026-03-01 23:59:59.123456', '2026-03-01T12:00:00+05:30'])(
    '%s',
    (text) => {
      expect(parseInstant('--as-of', text)).toBe(text);
    },
  );

  test.each([
    '',
    'yesterday',
    '2026-02-30',
    '2026-03-01T24:00Z',
    '2026-03-01T12:61:00',
    '1772323200',
    '2026-03-01T12:00Z; DROP',
  ])('%j is refused', (text) => {
    expect(() => parseInstant('--as-of', text)).toThrow(/^--as-of takes a day or an instant, such as /);
  });
});

describe('a request', () => {
  test('has the defaults of its schema where nothing is given', () => {
    expect(compareRequest('expenses', windows)).toEqual({
      dataset: 'expenses',
      reference: { from: '2026-03-01', to: '2026-03-28' },
      current: { from: '2026-03-29', to: '2026-04-02' },
      minCell: 100,
      depth: 2,
      seed: 1,
    });
  });

  test('a segment: values may hold what they like, a column alone is its missing value', () => {
    const { within } = compareRequest('expenses', { ...windows, within: ['country=PT', 'note=a=b', 'tier'] });
    expect(within).toEqual({ country: 'PT', note: 'a=b', tier: null });
  });

  test('takes what is given', () => {
    const request = compareRequest('expenses', {
      ...windows,
      asOf: '2026-04-03',
      metric: 'f1_macro',
      delta: '5e-3',
      minCell: '30',
      depth: '1',
      seed: '0',
    });
    expect(request).toMatchObject({
      asOf: '2026-04-03',
      metric: 'f1_macro',
      delta: 0.005,
      minCell: 30,
      depth: 1,
      seed: 0,
    });
  });

  test.each([
    [{ delta: '0' }, '--delta is not accepted, too small, expected number to be >0: 0'],
    [{ delta: '-1' }, '--delta is not accepted, too small, expected number to be >0: -1'],
    [{ delta: 'small' }, '--delta takes a number: small'],
    [{ delta: '' }, '--delta takes a number: '],
    [{ delta: '0x10' }, '--delta takes a number: 0x10'],
    [{ delta: 'Infinity' }, '--delta takes a number: Infinity'],
    [{ minCell: '1' }, '--min-cell is not accepted, too small, expected number to be >=2: 1'],
    [{ minCell: '10.5' }, '--min-cell is not accepted, expected int, received number: 10.5'],
    [{ depth: '4' }, '--depth is not accepted, too big, expected number to be <=3: 4'],
    [{ seed: '-1' }, '--seed is not accepted, too small, expected number to be >=0: -1'],
    [{ seed: '1e400' }, '--seed is not accepted, expected number, received Infinity: Infinity'],
  ])('%j is refused in one sentence that names the option', (options, message) => {
    expect(() => compareRequest('expenses', { ...windows, ...options })).toThrow(new UserFault(message));
  });

  test.each(['1d', '1w', '1mo', '5000'])('of a series takes chunks of %s', (chunk) => {
    expect(seriesRequest('expenses', { reference: windows.reference, chunk })).toMatchObject({ chunk, seed: 1 });
  });

  test.each(['', '0', '2d', 'day', '-5', '1.5'])('of a series refuses chunks of %j', (chunk) => {
    expect(() => seriesRequest('expenses', { reference: windows.reference, chunk })).toThrow(
      `--chunk is not accepted, expected 1d, 1w, 1mo or a number of rows: ${chunk}`,
    );
  });
});
