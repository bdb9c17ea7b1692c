import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ChartPalette, darkPalette, lightPalette } from '../../../../src/shared/charts/palette.ts';

const css = readFileSync(new URL('../../../../src/renderer/ui/tokens.css', import.meta.url), 'utf8');

const tokensOf = (scheme: string): Map<string, string> => {
  const block = css.slice(css.indexOf(`[data-mantine-color-scheme="${scheme}"]`));
  const body = block.slice(block.indexOf('{') + 1, block.indexOf('}'));
  return new Map([...body.matchAll(/--db-([a-z0-9-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
};

const tokenName = (key: string): string => key.replace(/[A-Z0-9]/g, (letter) => `-${letter.toLowerCase()}`);

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

const lines: (keyof ChartPalette)[] = [
  'current',
  'reference',
  'regression',
  'improvement',
  'noChange',
  'hairlineStrong',
];
const texts: (keyof ChartPalette)[] = ['ink', 'ink2', 'ink3', 'current', 'regression'];

describe.each([
  ['light', lightPalette],
  ['dark', darkPalette],
] as const)('%s', (scheme, palette) => {
  const tokens = tokensOf(scheme);
  const { font: _font, ...colours } = palette;

  test.each(Object.entries(colours))('%s equals the token of the window', (key, value) => {
    expect(tokens.get(tokenName(key))).toBe(value);
  });

  test.each(lines)('a line in %s stands out from the panel', (key) => {
    expect(contrast(palette[key], palette.surface)).toBeGreaterThanOrEqual(3);
  });

  test.each(texts)('words in %s can be read on the panel', (key) => {
    expect(contrast(palette[key], palette.surface)).toBeGreaterThanOrEqual(4.5);
  });
});
