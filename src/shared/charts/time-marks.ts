import type { CustomSeriesOption } from 'echarts';
import type { VersionChange } from '../model/comparison.ts';
import type { WindowRange } from '../model/window.ts';
import { day, dayRange } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, decoration, line, type PlotArea, rectangle, type Shape, textWidth, words } from './decoration.ts';
import { dayEnd, dayStart, middle, type TimeDomain } from './frame.ts';
import type { ChartPalette } from './palette.ts';

export interface TimeMarks {
  reference: WindowRange | null;
  current: WindowRange | null;
  onset: { date: string; low: string; high: string } | null;
  versionChanges: readonly VersionChange[];
  /** Days a person picked: outlined, so that they read as a choice and not as a window. */
  picked?: WindowRange | null;
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

interface Placed extends Event {
  x: number;
  lane: number;
  leftward: boolean;
}

const mostLanes = 4;

/**
 * A lane for every label, the top one first. A line falls from its label to the plot, so a label may only stand where
 * no lane below it holds text at that point.
 */
const place = (marks: TimeMarks, toX: (time: number) => number, left: number, right: number): Placed[] => {
  const ends: number[] = [];
  const placed: Placed[] = [];
  for (const event of events(marks)) {
    const x = toX(event.time);
    if (!(x >= left - 0.5 && x <= right + 0.5)) continue;
    const width = textWidth(event.text) + 12;
    const leftward = x + width > right + 90;
    const from = leftward ? x - width : x;
    const free = (lane: number) => (ends[lane] ?? Number.NEGATIVE_INFINITY) <= from;
    const clear = (lane: number) => ends.slice(lane + 1).every((end) => end <= x);
    let lane = ends.findIndex((_, index) => free(index) && clear(index));
    if (lane === -1) lane = Math.min(ends.length, mostLanes - 1);
    ends[lane] = Math.max(ends[lane] ?? Number.NEGATIVE_INFINITY, from + width);
    placed.push({ ...event, x, lane, leftward });
  }
  return placed;
};

const ordinaryWidth = 1000;

/** Lanes to keep free above a plot of ordinary width. */
export const laneCount = (marks: TimeMarks, domain: TimeDomain): number =>
  place(
    marks,
    (time) => ((time - domain.start) / (domain.end - domain.start)) * ordinaryWidth,
    0,
    ordinaryWidth,
  ).reduce((most, event) => Math.max(most, event.lane + 1), 0);

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
      const picked = marks.picked && band(marks.picked, area, toX);
      if (picked) {
        shapes.push(rectangle(picked, { fill: palette.ink, opacity: 0.06 }));
        for (const x of [picked.x, picked.x + picked.width])
          shapes.push(line([x, area.y], [x, area.y + area.height], { stroke: palette.ink, lineWidth: 1.5 }));
      }
      const onset = marks.onset && band({ from: marks.onset.low, to: marks.onset.high }, area, toX);
      if (onset) shapes.push(rectangle(onset, { fill: palette.regression, opacity: 0.16 }));
      return shapes;
    },
    { z: 0 },
  );

/** Version changes and the onset as vertical lines, labelled above the plot where `lanes` says there is room. */
export const eventLines = (marks: TimeMarks, palette: ChartPalette, lanes: number): CustomSeriesOption =>
  decoration(
    (area, api) =>
      place(marks, (time) => at(api, time, 0)[0], area.x, area.x + area.width).flatMap((event): Shape[] => {
        const { x, leftward } = event;
        const lane = Math.min(event.lane, lanes - 1);
        const y = area.y - laneHeight * (lanes - lane) + laneHeight / 2 - 2;
        const drawn = [
          line([x, lanes > 0 ? y - 5 : area.y], [x, area.y + area.height], {
            stroke: event.strong ? palette.regression : palette.ink3,
            lineWidth: event.strong ? 1.5 : 1,
            lineDash: event.strong ? undefined : [2, 3],
          }),
        ];
        if (lanes > 0)
          drawn.push(
            words(event.text, [leftward ? x - 5 : x + 5, y], {
              fill: event.strong ? palette.regression : palette.ink2,
              font: palette.font,
              weight: event.strong ? 600 : 400,
              align: leftward ? 'right' : 'left',
            }),
          );
        return drawn;
      }),
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
    ...(inside(marks.picked ?? null) ? ['picked'] : []),
    ...(marks.onset && dayStart(marks.onset.date) >= start && dayStart(marks.onset.date) < end
      ? [`onset, ${dayRange(marks.onset.low, marks.onset.high)}`]
      : []),
    ...marks.versionChanges
      .filter((change) => Date.parse(change.at) >= start && Date.parse(change.at) < end)
      .map((change) => `${cleanText(change.column)}: ${cleanText(change.from)} → ${cleanText(change.to)}`),
  ];
};
