import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../../../src/renderer/ui/tokens.css', import.meta.url), 'utf8');

const tokensOf = (scheme: 'light' | 'dark'): Record<string, string> => {
  const block = css.slice(css.indexOf(`[data-mantine-color-scheme="${scheme}"]`));
  const body = block.slice(block.indexOf('{') + 1, block.indexOf('}'));
  return Object.fromEntries(
    [...body.matchAll(/--db-([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  );
};

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** Contrast as WCAG 2.2 defines it. */
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  const tokens = tokensOf(scheme);
  const of = (name: string): string => {
    const hex = tokens[name];
    if (!hex) throw new Error(`no such token: ${name}`);
    return hex;
  };
  const grounds = ['canvas', 'surface', 'raised', 'sunken', 'hover'];

  test.each(['ink', 'ink-2', 'ink-3', 'accent', 'regression', 'improvement'])(
    '%s can be read on every ground',
    (text) => {
      for (const ground of grounds) expect(contrast(of(text), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(['regression', 'improvement', 'no-change', 'inconclusive'])('%s can be read on its own tint', (verdict) => {
    expect(contrast(of(verdict), of(`${verdict}-soft`))).toBeGreaterThanOrEqual(4.5);
  });

  test('text on the accent can be read, controls and focus are seen', () => {
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('on-accent'), of('accent-hover'))).toBeGreaterThanOrEqual(4.5);
    for (const ground of ['canvas', 'surface', 'raised']) {
      expect(contrast(of('hairline-strong'), of(ground)), ground).toBeGreaterThanOrEqual(3);
      expect(contrast(of('focus'), of(ground)), ground).toBeGreaterThanOrEqual(3);
      expect(contrast(of('reference'), of(ground)), ground).toBeGreaterThanOrEqual(3);
    }
  });
});
