import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayCells, dayStripText } from '../../../../src/shared/charts/day-strip.ts';

const settings = { reference: 0.9, delta: 0.01, minCell: 100 };
const days = Array.from({ length: 28 }, (_, i) => new Date(i * 86_400_000).toISOString().slice(0, 10));
const every = (n: number, k: number, length = 28) => ({
  labelled: new Array<number>(length).fill(n),
  right: new Array<number>(length).fill(k),
});

describe('the strip of a segment', () => {
  it('tells a fall from chance, and both from too few rows', () => {
    const labelled = [200, 200, 200, 200, 40, 0];
    const right = [180, 178, 176, 150, 10, 0];
    const { cells, cut } = dayCells({ labelled, right }, settings);
    expect(cut).toBe(1);
    // 0.88 of 200 is 0.94 standard errors below 0.9; 0.75 is 7.
    expect(cells.map(({ standing }) => standing)).toEqual(['level', 'level', 'low', 'below', 'thin', 'none']);
  });

  it('takes weeks where days are thin, months where weeks are', () => {
    expect(dayCells(every(20, 18), settings).cells).toHaveLength(4);
    expect(dayCells(every(20, 18), settings).cells[0]).toEqual({
      from: 0,
      to: 6,
      n: 140,
      value: 0.9,
      standing: 'level',
    });
    expect(dayCells(every(5, 4), settings).cut).toBe(30);
    expect(dayCells(every(1, 1), settings)).toMatchObject({ cut: 1 });
  });

  it('is said in one line', () => {
    const { cells, cut } = dayCells({ labelled: [200, 200], right: [180, 100] }, settings);
    expect(dayStripText(cells, cut, days).replaceAll('\u202f', ' ')).toBe(
      '1 of 2 days below the reference, lowest 1970-01-02 at 50.0 %',
    );
    expect(dayStripText(dayCells(every(1, 1), settings).cells, 1, days)).toBe('no day has enough data');
  });

  it('covers every day once and loses no row', () => {
    const line = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(line, fc.double({ min: 0, max: 1, noNaN: true }), (labelled, share) => {
        const right = labelled.map((n) => Math.floor(n * share));
        const { cells } = dayCells({ labelled, right }, settings);
        expect(cells[0]?.from).toBe(0);
        expect(cells.at(-1)?.to).toBe(labelled.length - 1);
        cells.forEach((cell, i) => {
          if (i > 0) expect(cell.from).toBe((cells[i - 1]?.to as number) + 1);
          if (cell.n < settings.minCell) expect(['none', 'thin']).toContain(cell.standing);
        });
        expect(cells.reduce((sum, { n }) => sum + n, 0)).toBe(labelled.reduce((a, b) => a + b, 0));
      }),
    );
  });
});
