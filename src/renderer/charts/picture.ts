import type { EChartsType } from 'echarts/core';
import type { ChartPalette } from '../../shared/charts/palette.ts';

/** What a picture needs to be understood away from its page. */
export interface PictureHeading {
  title: string;
  caption: string;
}

const pixelRatio = 2;
const margin = 14;
const titleSize = 14;
const captionSize = 11;
const lineHeight = 16;

/** Words of a text in lines of at most `width` as `measure` sees it; a word that is wider stands alone. */
export const wrapped = (text: string, width: number, measure: (text: string) => number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
};

/** The chart as a PNG data address under its title, dataset and windows. */
export const pictureOf = (chart: EChartsType, heading: PictureHeading, palette: ChartPalette): string | null => {
  const drawing = chart.renderToCanvas({ pixelRatio, backgroundColor: palette.surface });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) return null;
  const width = drawing.width / pixelRatio;
  const fonts = { title: `600 ${titleSize}px ${palette.font}`, caption: `${captionSize}px ${palette.font}` };
  const linesOf = (text: string, font: string): string[] => {
    context.font = font;
    return wrapped(text, width - 2 * margin, (part) => context.measureText(part).width);
  };
  const title = linesOf(heading.title, fonts.title);
  const caption = linesOf(heading.caption, fonts.caption);
  const head = margin + (title.length + caption.length) * lineHeight + 6;
  canvas.width = drawing.width;
  canvas.height = drawing.height + head * pixelRatio;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(pixelRatio, pixelRatio);
  context.textBaseline = 'middle';
  [...title, ...caption].forEach((text, line) => {
    const isTitle = line < title.length;
    context.font = isTitle ? fonts.title : fonts.caption;
    context.fillStyle = isTitle ? palette.ink : palette.ink2;
    context.fillText(text, margin, margin + (line + 0.5) * lineHeight - 3);
  });
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(drawing, 0, head * pixelRatio);
  return canvas.toDataURL('image/png');
};
