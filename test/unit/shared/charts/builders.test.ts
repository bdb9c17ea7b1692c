import type { EChartsOption, TooltipComponentOption } from 'echarts';
import { describe, expect, test } from 'vitest';
import { changeRulerChart, changeRulerTable } from '../../../../src/shared/charts/change-ruler.ts';
import { waterfallChart, waterfallTable } from '../../../../src/shared/charts/decomposition-waterfall.ts';
import { driftBulletChart, driftBulletTable } from '../../../../src/shared/charts/drift-bullet.ts';
import { driftSeriesChart, driftSeriesTable } from '../../../../src/shared/charts/drift-series.ts';
import { labelArrivalChart, labelArrivalTable } from '../../../../src/shared/charts/label-arrival.ts';
import {
  type MetricSeriesData,
  metricSeriesChart,
  metricSeriesTable,
} from '../../../../src/shared/charts/metric-series.ts';
import { darkPalette, lightPalette } from '../../../../src/shared/charts/palette.ts';
import { partitionSplitsChart, partitionSplitsTable } from '../../../../src/shared/charts/partition-splits.ts';
import { reliabilityChart, reliabilityTable } from '../../../../src/shared/charts/reliability.ts';
import { scoreDistributionChart, scoreDistributionTable } from '../../../../src/shared/charts/score-distribution.ts';
import type { ChartTable } from '../../../../src/shared/charts/table.ts';
import { noMarks, type TimeMarks } from '../../../../src/shared/charts/time-marks.ts';
import { volumeChart, volumeTable } from '../../../../src/shared/charts/volume.ts';
import { unknownEstimate } from '../../../../src/shared/model/estimate.ts';
import type { Chunk } from '../../../../src/shared/model/series.ts';
import { comparisonExample } from '../../../fixtures/comparison-example.ts';
import { seriesOf } from '../../../fixtures/series-example.ts';
import { svgOf, textsIn } from './svg.ts';

const hostile = '<img src=x onerror=alert(1)>{a|b}\u202e\n"\'';
const day = (chunk: Chunk) => ({ ...chunk, predictions: chunk.n });
const chunks = seriesOf().chunks;
const unlabelled: Chunk[] = chunks.map((chunk) => ({
  ...chunk,
  labelled: 0,
  maturity: null,
  realised: { accuracy: unknownEstimate('no labels have arrived', 'wilson@1') },
  estimated: {},
  predictionDrift: { ...chunk.predictionDrift, distance: null, threshold: null, exceeds: null, reason: 'no score' },
}));
const marks: TimeMarks = {
  reference: comparisonExample.windows.reference,
  current: comparisonExample.windows.current,
  onset: comparisonExample.onset,
  versionChanges: [
    ...comparisonExample.versionChanges,
    { column: hostile, from: hostile, to: hostile, at: '2026-03-05T00:00:00Z' },
    { column: 'broken', from: 'a', to: 'b', at: 'not a time' },
  ],
};

interface Case {
  name: string;
  option: (palette: typeof lightPalette) => EChartsOption;
  table: ChartTable;
}

const series = (name: string, entries: readonly Chunk[], withMarks: TimeMarks = marks): Case[] => {
  const data: MetricSeriesData = {
    metric: 'accuracy',
    chunks: entries,
    limits: { low: 0.94, high: null, method: 'limit@1' },
    marks: withMarks,
    minCell: 100,
  };
  const bars = entries.map(day);
  return [
    { name: `metric, ${name}`, option: (palette) => metricSeriesChart(data, palette), table: metricSeriesTable(data) },
    {
      name: `volume, ${name}`,
      option: (palette) => volumeChart({ bars, marks: withMarks }, palette),
      table: volumeTable({ bars, marks: withMarks }),
    },
    {
      name: `drift, ${name}`,
      option: (palette) => driftSeriesChart({ chunks: entries, marks: withMarks }, palette),
      table: driftSeriesTable({ chunks: entries, marks: withMarks }),
    },
  ];
};

const splits = (partitions: typeof comparisonExample.explanation.partitions, labelFirst = true) => {
  const data = {
    partitions,
    labelFirst: labelFirst ? comparisonExample.explanation.labelFirst : null,
    delta: 0.01,
    unit: 'share' as const,
  };
  return {
    option: (palette: typeof lightPalette) => partitionSplitsChart(data, palette),
    table: partitionSplitsTable(data),
  };
};

const ruler = (changes: { value: number | null; low: number | null; high: number | null }[]) => {
  const rows = changes.map((change, index) => ({
    name: index === 0 ? hostile : `row ${index}`,
    verdict: 'regression' as const,
    change: { ...unknownEstimate('too few rows', 'newcombe@1'), ...change },
  }));
  const data = { rows, delta: 0.01, unit: 'number' as const };
  return {
    option: (palette: typeof lightPalette) => changeRulerChart(data, palette),
    table: changeRulerTable(data),
  };
};

const { predictionDrift, labelLatency, explanation } = comparisonExample;
const nothing = { value: null, low: null, high: null };
const refused = { ...explanation.partitions[0]!, mix: unknownEstimate('empty', 'kitagawa@1'), columns: [hostile] };

const reliability = (change: Partial<typeof comparisonExample.reliability>, minCell = 100) => {
  const data = { reliability: { ...comparisonExample.reliability, ...change }, minCell };
  return {
    option: (palette: typeof lightPalette) => reliabilityChart(data, palette),
    table: reliabilityTable(data),
  };
};

const distribution = (change: Partial<typeof comparisonExample.scoreDistribution>, drift = predictionDrift) => {
  const data = { distribution: { ...comparisonExample.scoreDistribution, ...change }, drift };
  return {
    option: (palette: typeof lightPalette) => scoreDistributionChart(data, palette),
    table: scoreDistributionTable(data),
  };
};

const waterfall = (split: (typeof explanation.partitions)[number], change = {}) => {
  const { reference, current } = comparisonExample.segments[0]!;
  const partitions = explanation.partitions;
  const data = { reference, current, split, partitions, higherIsBetter: true, unit: 'share' as const, ...change };
  return { option: (palette: typeof lightPalette) => waterfallChart(data, palette), table: waterfallTable(data) };
};

const cases: Case[] = [
  ...series('ninety days', chunks),
  ...series('no chunks', []),
  ...series('one day', chunks.slice(0, 1)),
  ...series('all unknown', unlabelled),
  ...series(
    'provisional only',
    chunks.map((chunk) => ({ ...chunk, provisional: true })),
  ),
  ...series('a small segment', seriesOf({ country: 'PT' }).chunks),
  ...series('two thousand days', seriesOf({}, 2000).chunks, noMarks),
  ...series(
    'zero rows',
    chunks.map((chunk) => ({ ...chunk, n: 0, labelled: 0 })),
  ),
  { name: 'bullet', option: (p) => driftBulletChart(predictionDrift, p), table: driftBulletTable(predictionDrift) },
  {
    name: 'bullet, all zero',
    option: (p) => driftBulletChart({ ...predictionDrift, distance: 0, threshold: 0 }, p),
    table: driftBulletTable(predictionDrift),
  },
  {
    name: 'bullet, unknown',
    option: (p) => driftBulletChart({ ...predictionDrift, distance: null, reason: hostile }, p),
    table: driftBulletTable({ ...predictionDrift, distance: null }),
  },
  {
    name: 'bullet, no threshold',
    option: (p) => driftBulletChart({ ...predictionDrift, threshold: null, exceeds: null }, p),
    table: driftBulletTable({ ...predictionDrift, threshold: null }),
  },
  { name: 'arrival', option: (p) => labelArrivalChart(labelLatency, p), table: labelArrivalTable(labelLatency) },
  {
    name: 'arrival, not measurable',
    option: (p) => labelArrivalChart({ ...labelLatency, coverageByAge: [], reason: hostile }, p),
    table: labelArrivalTable({ ...labelLatency, coverageByAge: [] }),
  },
  {
    name: 'arrival, at once',
    option: (p) =>
      labelArrivalChart(
        {
          ...labelLatency,
          medianDays: 0,
          neverShare: 0,
          coverageByAge: [
            { ageDays: 0, share: 1 },
            { ageDays: 0, share: 1 },
          ],
        },
        p,
      ),
    table: labelArrivalTable(labelLatency),
  },
  { name: 'reliability', ...reliability({}) },
  { name: 'reliability, all thin', ...reliability({}, 1e9) },
  { name: 'reliability, none', ...reliability({ bins: null, of: null, reason: hostile }) },
  { name: 'reliability, no rows', ...reliability({ bins: [] }) },
  { name: 'reliability, one bin', ...reliability({ bins: comparisonExample.reliability.bins!.slice(-1) }) },
  { name: 'distribution', ...distribution({}) },
  { name: 'distribution, none', ...distribution({ bins: null, of: null, reason: hostile }) },
  { name: 'distribution, one bar', ...distribution({ bins: [{ from: 0, to: 1, reference: 1, current: 1 }] }) },
  {
    name: 'distribution, open ends',
    ...distribution(
      {
        of: 'predicted value',
        bins: [1, 2, 3, 1e12].map((to, i) => ({ from: [-1e12, 1, 2, 3][i]!, to, reference: 0.25, current: 0 })),
      },
      { ...predictionDrift, distance: null, threshold: null, exceeds: null, reason: hostile },
    ),
  },
  { name: 'waterfall', ...waterfall(explanation.partitions[0]!) },
  { name: 'waterfall, unknown', ...waterfall(refused) },
  {
    name: 'waterfall, parts only',
    ...waterfall(explanation.partitions[0]!, {
      unit: 'number',
      higherIsBetter: null,
      current: unknownEstimate(hostile, 'f1@1'),
    }),
  },
  {
    name: 'waterfall, hostile',
    ...waterfall({ ...explanation.partitions[0]!, columns: [hostile, hostile] }, { partitions: [] }),
  },
  { name: 'splits', ...splits(explanation.partitions) },
  { name: 'splits, none', ...splits([], false) },
  { name: 'splits, label first only', ...splits([]) },
  { name: 'splits, hostile and unknown', ...splits([refused], false) },
  { name: 'ruler', ...ruler([{ value: -0.2, low: -0.25, high: -0.15 }]) },
  { name: 'ruler, empty', ...ruler([]) },
  { name: 'ruler, unknown', ...ruler([nothing]) },
  { name: 'ruler, point', ...ruler([{ value: 0, low: 0, high: 0 }, nothing]) },
  { name: 'ruler, huge', ...ruler([{ value: 4e9, low: -1e9, high: 9e9 }]) },
];

const tooltipOf = (option: EChartsOption): TooltipComponentOption | undefined =>
  option.tooltip as TooltipComponentOption | undefined;

describe.each(cases)('$name', ({ option, table }) => {
  let first = '';

  test.each([
    ['light', lightPalette],
    ['dark', darkPalette],
  ])('draws on the server side, %s', (scheme, palette) => {
    const svg = svgOf(option(palette));
    if (scheme === 'light') first = svg;
    expect(svg).toMatch(/^<svg/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).not.toContain('<img');
    expect(textsIn(svg).join(' ').trim().length).toBeGreaterThan(0);
    // A quote inside an attribute would end it, and the report with it.
    for (const [, inside] of svg.matchAll(/<text ([^>]*)>/g)) expect(inside).toMatch(/^(?:[\w:-]+="[^"]*" ?)*$/);
  });

  test('is the same each time', () => {
    expect(svgOf(option(lightPalette))).toBe(first);
  });

  test('neither moves nor renders HTML', () => {
    const built = option(lightPalette);
    expect(built.animation).toBe(false);
    const shown = tooltipOf(built);
    if (shown) expect(shown.renderMode).toBe('richText');
  });

  test('has a table with a cell under every heading', () => {
    expect(table.columns.length).toBeGreaterThan(0);
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
  });
});
