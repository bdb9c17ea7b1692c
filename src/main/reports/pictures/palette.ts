import { type ChartPalette, darkPalette, lightPalette } from '../../../shared/charts/palette.ts';

const kebab = (name: string): string => `--${name.replace(/[A-Z0-9]+/g, (letters) => `-${letters.toLowerCase()}`)}`;

const colours = (palette: ChartPalette): [string, string][] =>
  Object.entries(palette).filter(([name]) => name !== 'font') as [string, string][];

/** Colours by name only: the page says what each name means, in light, in dark and on paper. */
export const reportPalette: ChartPalette = {
  ...(Object.fromEntries(
    colours(lightPalette).map(([name]) => [name, `var(${kebab(name)})`]),
  ) as unknown as ChartPalette),
  font: 'var(--font)',
};

const declarations = (palette: ChartPalette): string =>
  colours(palette)
    .map(([name, value]) => `${kebab(name)}:${value}`)
    .join(';');

export const lightColours = declarations(lightPalette);
export const darkColours = declarations(darkPalette);
export const fontFamily = lightPalette.font;
