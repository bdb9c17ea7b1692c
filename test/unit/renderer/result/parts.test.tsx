import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { IntervalGlyph } from '../../../../src/renderer/charts/interval-glyph.tsx';
import { ChangeFact } from '../../../../src/renderer/workflows/accuracy/result/change-fact.tsx';
import { unknownEstimate } from '../../../../src/shared/model/estimate.ts';
import { comparisonExample, exampleSegments } from '../../../fixtures/comparison-example.ts';

const scale = { low: -0.3, high: 0.1, delta: 0.01 };

describe('the interval in a cell', () => {
  test('draws ground, zero, interval and value', () => {
    const { change, verdict } = exampleSegments[0]!;
    const svg = renderToStaticMarkup(<IntervalGlyph change={change} verdict={verdict} scale={scale} />);
    expect(svg.match(/<(rect|line|circle)/g)).toHaveLength(4);
    expect(svg).toContain('data-verdict="regression"');
  });

  test('keeps wild intervals inside the cell and says nothing about unknown ones', () => {
    const wild = { ...exampleSegments[0]!.change, low: -9, high: 9 };
    const svg = renderToStaticMarkup(<IntervalGlyph change={wild} verdict="inconclusive" scale={scale} width={100} />);
    for (const [, x] of svg.matchAll(/x[12]="([-\d.]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(100);
    }
    const unknown = unknownEstimate('too few rows', 'newcombe@1');
    expect(renderToStaticMarkup(<IntervalGlyph change={unknown} verdict="inconclusive" scale={scale} />)).not.toContain(
      '<circle',
    );
  });
});

describe('a change in the head of the page', () => {
  const fact = (props: Partial<Parameters<typeof ChangeFact>[0]> = {}) =>
    renderToStaticMarkup(
      <ChangeFact label="Accuracy" {...comparisonExample.metrics.accuracy!} unit="share" provisional {...props} />,
    );

  test('shows both sides, the interval, n and that it is provisional', () => {
    const text = fact()
      .replace(/<[^>]+>/g, '')
      .replaceAll('\u202f', ' ');
    expect(text).toContain('94.53 %→94.46 %');
    expect(text).toContain('[−0.18, +0.04] pp');
    expect(text).toContain('n = 872 133 → 433 902');
    expect(text).toContain('provisional');
    expect(text).toContain('no change');
  });

  test('an unknown change gives its reason, never a number', () => {
    const text = fact({ change: unknownEstimate('no labels have arrived', 'newcombe@1'), provisional: false });
    expect(text).toContain('change unknown: no labels have arrived');
    expect(text).not.toContain('provisional');
  });
});
