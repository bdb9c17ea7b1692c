import type { CustomSeriesOption } from 'echarts';
import { at, decoration, line, words } from './decoration.ts';
import type { ChartPalette } from './palette.ts';

export interface DirectLabel {
  text: string;
  value: number;
  colour: string;
}

const gap = 14;

/** Names at the right margin beside what they name, pushed apart where they would touch. */
export const directLabels = (labels: readonly DirectLabel[], palette: ChartPalette): CustomSeriesOption =>
  decoration(
    (area, api) => {
      const x = area.x + area.width;
      const top = area.y + 5;
      const bottom = area.y + area.height - 5;
      const placed = labels
        .map((label) => ({ label, y: Math.min(bottom, Math.max(top, at(api, 0, label.value)[1])) }))
        .sort((a, b) => a.y - b.y);
      placed.forEach((item, index) => {
        const above = placed[index - 1];
        if (above) item.y = Math.max(item.y, above.y + gap);
      });
      for (let index = placed.length - 1; index >= 0; index--) {
        const item = placed[index]!;
        const below = placed[index + 1];
        item.y = Math.min(item.y, below ? below.y - gap : bottom);
      }
      return placed.flatMap(({ label, y }) => [
        line([x + 2, at(api, 0, label.value)[1]], [x + 8, y], { stroke: label.colour, opacity: 0.7 }),
        words(label.text, [x + 11, y], { fill: label.colour, font: palette.font }),
      ]);
    },
    { z: 6 },
  );
