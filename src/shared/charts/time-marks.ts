import type { CustomSeriesOption } from 'echarts';
import type { VersionChange } from '../model/comparison.ts';
import type { WindowRange } from '../model/window.ts';
import { day, dayRange } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, decoration, line, type PlotArea, rectangle, type Shape, textWidth, words } from './decoration.ts';
import { dayEnd, dayStart, middle } from './frame.ts';
import type { ChartPalette } from './palette.ts';

export interface TimeMarks {
  reference: WindowRange | null;
  current: WindowRange | null;
  onset: { date: string; low: string; high: string } | null;
  versionChanges: readonly VersionChange[];
}

export const noMarks: TimeMarks = { reference: null, current: null, onset: null, versionChanges: [] };

/** Height above the plot for `lanes` of event labels. */
export const laneHeight = 15;

interface Event {
  time: number;
  text: string;
  strong: boolean;
}

const events = (marks: TimeMarks): Event[] => {
  const versions = marks.versionChanges.map((change) => ({
    time: Date.parse(change.at),
    text: `${cleanText(change.column, 24)} → ${cleanText(change.to, 20)}`,
    strong: false,
  }));
  const onset = marks.onset
    ? [{ time: dayStart(marks.onset.date), text: `onset ${day(marks.onset.date)}`, strong: true }]
    : [];
  return [...versions, ...onset].filter((event) => Number.isFinite(event.time)).sort((a, b) => a.time - b.time);
};

export const laneCount = (marks: TimeMarks): number => Math.min(3, events(marks).length);

const band = (range: { from: string; to: string }, area: PlotArea, toX: (time: number) => number): PlotArea | null => {
  const from = Math.max(area.x, toX(dayStart(range.from)));
  const to = Math.min(area.x + area.width, toX(dayEnd(range.to)));
  return to > from ? { x: from, y: area.y, width: to - from, height: area.height } : null;
};

/** Windows as shaded ground, the onset interval as a hatched band; drawn under the data. */
export const ground = (marks: TimeMarks, palette: ChartPalette, labels: boolean): CustomSeriesOption =>
  decoration(
    (area, api) => {
      const toX = (time: number) => at(api, time, 0)[0];
      const shapes: Shape[] = [];
      const window = (range: WindowRange | null, name: string, fill: string, edge: string) => {
        const box = range && band(range, area, toX);
        if (!box) return;
        shapes.push(rectangle(box, { fill }));
        shapes.push(rectangle({ ...box, height: 2 }, { fill: edge }));
        if (labels && box.width > textWidth(name) + 12)
          shapes.push(words(name, [box.x + 6, area.y + area.height - 10], { fill: palette.ink2, font: palette.font }));
      };
      window(marks.reference, 'reference', palette.windowReference, palette.reference);
      window(marks.current, 'current', palette.windowCurrent, palette.current);
      const onset = marks.onset && band({ from: marks.onset.low, to: marks.onset.high }, area, toX);
      if (onset) shapes.push(rectangle(onset, { fill: palette.regression, opacity: 0.16 }));
      return shapes;
    },
    { z: 0 },
  );

/** Version changes and the onset as labelled vertical lines; labels take lanes above the plot so that none collide. */
export const eventLines = (marks: TimeMarks, palette: ChartPalette, labels: boolean): CustomSeriesOption =>
  decoration(
    (area, api) => {
      const lanes = laneCount(marks);
      const ends = Array.from({ length: lanes }, () => Number.NEGATIVE_INFINITY);
      const right = area.x + area.width;
      return events(marks).flatMap((event): Shape[] => {
        const [x] = at(api, event.time, 0);
        if (!(x >= area.x - 0.5 && x <= right + 0.5)) return [];
        const colour = event.strong ? palette.regression : palette.ink3;
        const width = textWidth(event.text) + 10;
        const leftward = x + width > right + 90;
        const from = leftward ? x - width : x;
        const found = ends.findIndex((end) => end <= from);
        const lane = found === -1 ? lanes - 1 : found;
        ends[lane] = Math.max(ends[lane] ?? 0, from + width);
        const y = labels ? area.y - laneHeight * (lanes - lane) + laneHeight / 2 - 2 : area.y;
        const drawn = [
          line([x, labels ? y - 5 : area.y], [x, area.y + area.height], {
            stroke: colour,
            lineWidth: event.strong ? 1.5 : 1,
            lineDash: event.strong ? undefined : [2, 3],
          }),
        ];
        if (labels)
          drawn.push(
            words(event.text, [leftward ? x - 5 : x + 5, y], {
              fill: event.strong ? palette.regression : palette.ink2,
              font: palette.font,
              weight: event.strong ? 600 : 400,
              align: leftward ? 'right' : 'left',
            }),
          );
        return drawn;
      });
    },
    { z: 4 },
  );

/** What stands at a moment, for the tooltip and the spoken step. */
export const marksAt = (marks: TimeMarks, range: { from: string; to: string }): string[] => {
  const time = middle(range);
  const inside = (window: WindowRange | null) =>
    window !== null && time >= dayStart(window.from) && time < dayEnd(window.to);
  const start = dayStart(range.from);
  const end = dayEnd(range.to);
  return [
    ...(inside(marks.reference) ? ['reference window'] : []),
    ...(inside(marks.current) ? ['current window'] : []),
    ...(marks.onset && dayStart(marks.onset.date) >= start && dayStart(marks.onset.date) < end
      ? [`onset, ${dayRange(marks.onset.low, marks.onset.high)}`]
      : []),
    ...marks.versionChanges
      .filter((change) => Date.parse(change.at) >= start && Date.parse(change.at) < end)
      .map((change) => `${cleanText(change.column)}: ${cleanText(change.from)} → ${cleanText(change.to)}`),
  ];
};
