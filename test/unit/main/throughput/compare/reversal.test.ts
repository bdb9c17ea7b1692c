import { describe, expect, it } from 'vitest';
import { reversalOf } from '../../../../../src/main/throughput/compare/reversal.ts';
import type { LogEntry } from '../../../../../src/shared/model/log-entry.ts';

const starts: Record<string, string | null> = {
  old: '2026-03-01T09:00:00Z',
  base: '2026-03-02T09:00:00Z',
  slow: '2026-03-05T09:00:00Z',
  back: '2026-03-06T09:00:00Z',
  undated: null,
};
const startedAt = (id: string) => starts[id];
const entry = (seq: number, candidate: string[], verdict: string): LogEntry => ({
  seq,
  at: '2026-03-05T10:00:00Z',
  kind: 'throughput-compared',
  schema: 1,
  subject: 'base',
  body: { settings: 1, baseline: ['base'], candidate, verdict, summary: '', artifact: '' },
  prevHash: '',
  hash: '',
});
const regression = entry(2, ['slow'], 'regression');
const of = (candidate: string[], earlier: LogEntry[], verdict: 'no change' | 'regression' = 'no change') =>
  reversalOf(earlier, { baseline: ['base'], candidate, verdict }, startedAt);

describe('a reversal', () => {
  it('is the speed of the baseline in runs measured after those that were slower', () => {
    expect(of(['back'], [regression])).toMatchObject({ entry: 2 });
  });

  it('is none in runs that are older, or of which nobody knows when they were measured', () => {
    expect(of(['old'], [regression])).toBeUndefined();
    expect(of(['back', 'old'], [regression])).toBeUndefined();
    expect(of(['undated'], [regression])).toBeUndefined();
    expect(of(['back'], [entry(2, ['undated'], 'regression')])).toBeUndefined();
  });

  it('is none while it is still slower, or where the latest decided answer was no regression', () => {
    expect(of(['back'], [regression], 'regression')).toBeUndefined();
    expect(of(['back'], [entry(3, ['old'], 'no change'), regression])).toBeUndefined();
    expect(of(['back'], [entry(3, ['old'], 'inconclusive'), regression])).toMatchObject({ entry: 2 });
  });
});
