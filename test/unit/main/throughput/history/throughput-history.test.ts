import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seriesInFile } from '../../../../../src/main/throughput/history/series-file.ts';
import { seriesOfRuns } from '../../../../../src/main/throughput/history/series-runs.ts';
import { throughputHistory } from '../../../../../src/main/throughput/history/throughput-history.ts';
import { History, HistoryRequest } from '../../../../../src/shared/model/history.ts';
import { exampleRun, minute, repeatedRuns } from '../../../../fixtures/compared-runs.ts';
import { refusalOf } from '../adapters/capture.ts';

type Settings = Partial<Omit<HistoryRequest, 'source'>>;

const settingsOf = (settings: Settings) => {
  const { source: _, ...rest } = HistoryRequest.parse({ source: { workload: 'any' }, ...settings });
  return rest;
};
const history = (text: string, name: string, settings: Settings = {}) =>
  History.parse(throughputHistory(seriesInFile(text, name), settingsOf(settings)));
const ofRuns = (runs: Parameters<typeof seriesOfRuns>[0], settings: Settings = {}) =>
  History.parse(throughputHistory(seriesOfRuns(runs), settingsOf(settings)));

const path = new URL('../../../../fixtures/data/history/series.json', import.meta.url);
const text = readFileSync(path, 'utf8');
const all = (JSON.parse(text) as { series: Record<string, number[]> }).series;
const indices = (found: History) => found.series.map(({ changePoints }) => changePoints.map(({ index }) => index));

describe('histories from a file', () => {
  it('of TigerBeetle at window 30, p 0.01, magnitude 0.05 change at 15 and 71, from csv and json alike', () => {
    const otava: Settings = { preset: 'otava', window: 30, maxP: 0.01, minMagnitude: 0.05 };
    const values = all.tigerbeetle!;
    const csv = `index,value\n${values.map((value, i) => `${i},${value}`).join('\n')}\n`;
    const shapes: [string, string][] = [
      [csv, 'tigerbeetle.csv'],
      [csv.replace('index,value\n', ''), 'plain.csv'],
      [values.join('\r\n'), 'one-column.csv'],
      [JSON.stringify(values), 'values.json'],
      [JSON.stringify({ name: 'tb', unit: 'op/s', values }), 'named.json'],
      [JSON.stringify([{ name: 'tb', values }]), 'list.json'],
      [JSON.stringify({ series: [{ name: 'tb', values }] }), 'series.json'],
      [JSON.stringify({ tb: values }), 'map.json'],
      [JSON.stringify(values.map((value, i) => [new Date(864e5 * i).toISOString(), value])), 'pairs.json'],
      [JSON.stringify(values.map((value) => ({ value }))), 'points.json'],
    ];
    for (const [source, name] of shapes) expect(indices(history(source, name, otava)), name).toEqual([[15, 71]]);
    expect(history(csv, 'tigerbeetle.csv', otava).series[0]).toMatchObject({ name: 'tigerbeetle', n: 365 });
  });

  it('equal the known answers for every series, preset otava', () => {
    const answers = new URL('../../../../fixtures/known-answers/histories.json', import.meta.url);
    const { cases } = JSON.parse(readFileSync(answers, 'utf8')) as {
      cases: { series: string; window: number; maxPValue: number; minMagnitude: number; expected: number[] }[];
    };
    for (const { series, window, maxPValue, minMagnitude, expected } of cases) {
      const found = history(text, 'series.json', { preset: 'otava', window, maxP: maxPValue, minMagnitude });
      const own = found.series.find(({ name }) => name === series);
      expect(
        own?.changePoints.map(({ index }) => index),
        `${series} ${maxPValue}`,
      ).toEqual(expected);
    }
  });

  it('keep the index of a point and count those without a number', () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${10 * i},${i === 7 ? 'NaN' : i < 20 ? 100 + (i % 3) : 80 + (i % 3)}`,
    );
    const found = history(`index,value\n${rows.join('\n')}\n35000,\n`, 'gaps.csv');
    expect(found.series[0]).toMatchObject({ n: 39 });
    expect(indices(found)).toEqual([[200]]);
    expect(found.series[0]?.changePoints[0]?.ratio).toBeCloseTo(80 / 100, 1);
    expect(found.notes).toEqual(['gaps: points without a number, left out: 2 of 41']);
    const nulls = history('{"name":"n","values":[1,null,2,NaN,3]}', 'n.json');
    expect(nulls.notes[0]).toBe('n: points without a number, left out: 2 of 5');
    expect(nulls.series[0]?.points.map(({ index }) => index)).toEqual([0, 2, 4]);
  });

  it('set the outlier aside that hides a step of 90 times, in the default preset', () => {
    const hidden = history(JSON.stringify(all['asv_time_quantity.time_quantity_array_conversion']), 'asv.json');
    expect(hidden.series[0]?.outliers).toEqual([9]);
    expect(indices(hidden)).toEqual([[4, 14, 29]]);
  });

  it.each([
    ['', 'empty.csv', 'the file is empty, write lines of index,value: empty.csv'],
    ['index,value\n', 'head.csv', 'the file has a header and no values, write lines of index,value: head.csv'],
    ['0,1\n1,fast\n', 'words.csv', 'line 2 holds a value that is not a number, correct or empty it (fast): words.csv'],
    ['0,1\n1\n', 'uneven.csv', 'line 2 has 1 cells where the first has 2, make them equal: uneven.csv'],
    ['0,1\n2,1\n1,1\n', 'order.csv', 'the index does not rise, sort the file oldest first (2 before 1): order.csv'],
    ['[]', 'none.json', 'the list is empty, write the values oldest first: none.json'],
    ['[1, 2', 'cut.json', 'ends too early at line 1, column 6, export the file again: cut.json'],
    ['[1, "two"]', 'word.json', 'point 1 of word is not a number, correct it or write null: word.json'],
    [
      '{"note": "x"}',
      'note.json',
      'no list of numbers in the file, write a list or {"name": "…", "values": [1, 2]}: note.json',
    ],
    [
      '[{"name": "a"}]',
      'bare.json',
      'series a has no list of values, write {"name": "…", "values": [1, 2]}: bare.json',
    ],
  ])('of a bad file are refused in one sentence: %s', (source, name, sentence) => {
    expect(refusalOf(() => seriesInFile(source, name))).toBe(sentence);
  });
});

describe('histories of runs', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();
  const daily = (n: number, level: (i: number) => number, options = {}) =>
    repeatedRuns('run', n, 1, { spread: 0.004, ...options }).map((run, i) => ({
      ...run,
      startedAt: day(i),
      metrics: {
        ...run.metrics,
        throughput: { ...run.metrics.throughput, value: (run.metrics.throughput.value ?? 1) * level(i) },
      },
    }));

  it('change where the machine did, with the boundary of its fingerprint beside it', () => {
    const runs = daily(40, (i) => (i < 25 ? 100 : 90)).map((run, i) => {
      const fields = { driver: i < 25 ? '590.48' : '600.10', gpu: 'H100' };
      return { ...run, fingerprint: { hash: String(fields.driver), fields } };
    });
    const { series, notes } = ofRuns([...runs].reverse());
    expect(notes).toEqual([]);
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({
      name: 'gemm-f32, f32, batch 1',
      unit: 'items/s',
      boundaries: [{ index: 25, fields: ['driver'] }],
      changePoints: [{ index: 25, at: day(25), provisional: false }],
    });
    expect(series[0]?.points[25]?.run).toBe('run25');
  });

  it('are split by methodology, so that a changed workload is no change of the machine', () => {
    const runs = daily(40, (i) => (i < 20 ? 100 : 50)).map((run, i) =>
      i < 20 ? run : { ...run, workload: { ...run.workload, hash: 'f'.repeat(64) } },
    );
    const { series } = ofRuns(runs);
    expect(series.map(({ name, n, changePoints }) => [name.slice(0, -8), n, changePoints.length])).toEqual([
      ['gemm-f32, f32, batch 1, ', 20, 0],
      ['gemm-f32, f32, batch 1, ', 20, 0],
    ]);
  });

  it('are provisional at their end, and count what was left out', () => {
    const fresh = ofRuns(daily(34, (i) => (i < 30 ? 100 : 80)));
    expect(fresh.series[0]?.changePoints).toMatchObject([{ index: 30, provisional: true }]);
    const [bad, unknown, undated] = [
      exampleRun({ id: 'bad', more: { valid: false } }),
      exampleRun({ id: 'unknown', throughput: null }),
      exampleRun({ id: 'undated', startedAt: null }),
    ];
    const { notes, series } = ofRuns([bad, unknown, undated, exampleRun({ id: 'good', startedAt: minute(1) })]);
    expect(series[0]?.n).toBe(1);
    expect(notes).toEqual([
      'gemm-f32, f32, batch 1: runs left out, not valid: 1 of 4',
      'gemm-f32, f32, batch 1: runs left out, throughput not known: 1 of 4',
      'gemm-f32, f32, batch 1: runs left out, without an instant: 1 of 4',
      'gemm-f32, f32, batch 1: too few points to tell a change: 1',
    ]);
  });
});
