import type { EChartsOption, TooltipComponentOption } from 'echarts';
import { describe, expect, test } from 'vitest';
import { darkPalette, lightPalette } from '../../../../src/shared/charts/palette.ts';
import { chartExamples } from '../../../fixtures/chart-examples.ts';
import { runChartExamples } from '../../../fixtures/run-chart-examples.ts';
import { svgOf, textsIn } from './svg.ts';

const tooltipOf = (option: EChartsOption): TooltipComponentOption | undefined =>
  option.tooltip as TooltipComponentOption | undefined;

describe.each([...chartExamples, ...runChartExamples])('$name', ({ option, table }) => {
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
