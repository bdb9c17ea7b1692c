import type { TooltipComponentOption } from 'echarts';
import { describe, expect, test } from 'vitest';
import { middle } from '../../../../src/shared/charts/frame.ts';
import {
  chunkAt,
  type MetricSeriesData,
  metricSeriesChart,
  metricSeriesSteps,
  metricSeriesTable,
  standing,
} from '../../../../src/shared/charts/metric-series.ts';
import { lightPalette } from '../../../../src/shared/charts/palette.ts';
import { noMarks, type TimeMarks } from '../../../../src/shared/charts/time-marks.ts';
import { comparisonExample } from '../../../fixtures/comparison-example.ts';
import { seriesOf } from '../../../fixtures/series-example.ts';
import { svgOf, textsIn } from './svg.ts';

const marks: TimeMarks = {
  reference: comparisonExample.windows.reference,
  current: comparisonExample.windows.current,
  onset: comparisonExample.onset,
  versionChanges: comparisonExample.versionChanges,
};
const dataOf = (change: Partial<MetricSeriesData> = {}): MetricSeriesData => ({
  metric: 'accuracy',
  chunks: seriesOf().chunks,
  limits: seriesOf().limits.accuracy ?? null,
  marks,
  minCell: 100,
  ...change,
});
const first = seriesOf().chunks[0]!;
const tooltipText = (data: MetricSeriesData, time: number): string => {
  const { formatter } = metricSeriesChart(data, lightPalette).tooltip as TooltipComponentOption;
  return (formatter as (params: unknown) => string)([{ axisValue: time }]);
};

describe('standing', () => {
  test('a mature day with enough labels is scored', () => expect(standing(first, 'accuracy', 100)).toBe('scored'));
  test('a young day is provisional', () =>
    expect(standing({ ...first, provisional: true }, 'accuracy', 100)).toBe('provisional'));
  test('too few labels weigh more than maturity', () =>
    expect(standing({ ...first, provisional: true, labelled: 99 }, 'accuracy', 100)).toBe('small'));
  test('exactly the minimum is enough', () =>
    expect(standing({ ...first, labelled: 100 }, 'accuracy', 100)).toBe('scored'));
  test('a metric nobody computed is unknown', () => expect(standing(first, 'roc_auc', 100)).toBe('unknown'));
});

describe('the picture', () => {
  test('names windows, versions, onset, limits and the estimate where they are', () => {
    const texts = textsIn(svgOf(metricSeriesChart(dataOf(), lightPalette)));
    for (const text of [
      'reference',
      'current',
      'onset 2026-03-02',
      'model_version → 2026.01.0',
      'provider_model_version → gp-4.1-0219',
      'estimated',
      'provisional',
      'lower limit',
      'upper limit',
    ])
      expect(texts).toContain(text);
  });

  test('calls a line realised when its last day is mature', () => {
    const chunks = seriesOf().chunks.slice(0, 60);
    const texts = textsIn(svgOf(metricSeriesChart(dataOf({ chunks, marks: noMarks }), lightPalette)));
    expect(texts).toContain('realised');
    expect(texts).not.toContain('provisional');
  });

  test('says why nothing is known', () => {
    const chunks = seriesOf().chunks.map((chunk) => ({
      ...chunk,
      realised: {
        accuracy: { ...chunk.realised.accuracy!, value: null, low: null, high: null, reason: 'labels are missing' },
      },
      estimated: {},
    }));
    expect(textsIn(svgOf(metricSeriesChart(dataOf({ chunks }), lightPalette)))).toEqual([
      'No day has a value of Accuracy: labels are missing',
    ]);
  });

  test('keeps every direct label apart from the others', () => {
    const limits = { low: 0.9449, high: 0.945, method: 'close@1' };
    const svg = svgOf(metricSeriesChart(dataOf({ limits }), lightPalette));
    const heights = ['lower limit', 'upper limit', 'estimated', 'provisional'].map((name) => {
      const found = svg.match(
        new RegExp(`<text[^>]*?(?:y="([\\d.]+)"|translate\\([\\d.]+ ([\\d.]+)\\))[^>]*>${name}<`),
      );
      return Number(found?.[1] ?? found?.[2]);
    });
    const sorted = heights.toSorted((a, b) => a - b);
    for (let index = 1; index < sorted.length; index++)
      expect(sorted[index]! - sorted[index - 1]!).toBeGreaterThanOrEqual(13);
  });
});

describe('what is read at a point', () => {
  test('value, interval, n, maturity and marks of a mature day', () => {
    const chunk = seriesOf().chunks[31]!;
    const lines = tooltipText(dataOf(), middle(chunk)).split('\n');
    expect(lines[0]).toBe('2026-02-01');
    expect(lines[1]).toMatch(/^realised 9\d\.\d+\u202f% \[9\d\.\d+, 9\d\.\d+\]\u202f%$/);
    expect(lines[3]).toMatch(/^n = [\d\u202f]+ labelled of [\d\u202f]+$/);
    expect(lines).toContain('reference window');
    expect(lines).toContain('model_version: 2025.11.2 → 2026.01.0');
    expect(lines.join()).not.toContain('provisional');
  });

  test('a young day is said to be provisional, a small one not enough data', () => {
    const chunk = seriesOf().chunks[88]!;
    expect(tooltipText(dataOf(), middle(chunk))).toContain('provisional: labels still arriving');
    expect(tooltipText(dataOf({ minCell: 1e9 }), middle(chunk))).toContain('not enough data to act on');
  });

  test('a hostile version name stays one inert line', () => {
    const hostile = '<b>x</b>\n{red|y}';
    const versionChanges = [{ column: 'v', from: 'a', to: hostile, at: `${first.from}T00:00:00Z` }];
    const text = tooltipText(dataOf({ marks: { ...noMarks, versionChanges } }), middle(first));
    expect(text.split('\n').at(-1)).toBe('v: a → <b>x</b> {\u200bred|y}');
  });

  test('steps and table follow the chunks', () => {
    const data = dataOf();
    expect(metricSeriesSteps(data).map((step) => step.x)).toEqual(data.chunks.map(middle));
    expect(metricSeriesTable(data).rows.map((row) => row[0])).toEqual(data.chunks.map((chunk) => chunk.from));
  });

  test('the nearest chunk answers, and none when there is none', () => {
    const { chunks } = dataOf();
    expect(chunkAt(chunks, middle(chunks[4]!) + 1000)).toBe(chunks[4]);
    expect(chunkAt([], 0)).toBeUndefined();
  });
});
