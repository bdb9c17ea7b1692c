/**
 * The colours a chart may use. They equal the window's tokens; a test compares the two, because the report draws the
 * same charts where no stylesheet exists.
 */
export interface ChartPalette {
  font: string;
  surface: string;
  raised: string;
  ink: string;
  ink2: string;
  ink3: string;
  hairline: string;
  hairlineStrong: string;
  reference: string;
  current: string;
  regression: string;
  regressionSoft: string;
  improvement: string;
  improvementSoft: string;
  noChange: string;
  noChangeSoft: string;
  windowReference: string;
  windowCurrent: string;
  hatch: string;
}

// Without quotes, which names of plain words do not need: the SVG writer puts this into an attribute as it is.
const font =
  'Segoe UI Variable Text, Segoe UI, -apple-system, BlinkMacSystemFont, Inter, Noto Sans, Cantarell, Liberation Sans, Arial, DejaVu Sans, sans-serif';

export const lightPalette: ChartPalette = {
  font,
  surface: '#fbfcfc',
  raised: '#ffffff',
  ink: '#14191f',
  ink2: '#3b4550',
  ink3: '#56616c',
  hairline: '#d3d9de',
  hairlineStrong: '#7f8a95',
  reference: '#6a7682',
  current: '#0a5c68',
  regression: '#a33a06',
  regressionSoft: '#fbe8dd',
  improvement: '#1b5a9c',
  improvementSoft: '#e0ebf7',
  noChange: '#47525d',
  noChangeSoft: '#e5e9ec',
  windowReference: 'rgb(86 97 108 / 10%)',
  windowCurrent: 'rgb(10 92 104 / 13%)',
  hatch: 'rgb(20 25 31 / 9%)',
};

export const darkPalette: ChartPalette = {
  font,
  surface: '#151a1e',
  raised: '#1b2126',
  ink: '#e7ebee',
  ink2: '#b9c2ca',
  ink3: '#93a0ac',
  hairline: '#2a3239',
  hairlineStrong: '#6c7985',
  reference: '#93a0ac',
  current: '#5cc1cb',
  regression: '#ff9b68',
  regressionSoft: '#3a2217',
  improvement: '#8abaf3',
  improvementSoft: '#182b40',
  noChange: '#b9c2ca',
  noChangeSoft: '#272e35',
  windowReference: 'rgb(147 160 172 / 12%)',
  windowCurrent: 'rgb(92 193 203 / 15%)',
  hatch: 'rgb(231 235 238 / 9%)',
};
