import type { Segment } from '../../../shared/model/comparison.ts';
import type { SegmentDays, SegmentDaysRequest } from '../../../shared/model/segment-days.ts';
import { dayNumber, dayText, instantUs } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { labelled, segmentPredicate } from '../scope.ts';

interface Wanted {
  columns: number[];
  /** Position in the request by the codes of the segment, joined. */
  places: Map<string, number>;
}

/** Labelled and right rows per day of up to 2 000 segments: one grouped scan per set of columns, however many segments. */
export async function segmentDays(
  dataset: OpenDataset,
  request: SegmentDaysRequest,
  signal?: AbortSignal,
): Promise<SegmentDays> {
  const first = dayNumber(dataset.firstDay);
  const days = dayNumber(dataset.lastDay) - first + 1;
  const named = Array.from({ length: days }, (_, i) => dayText(first + i));
  if (dataset.spec.task === 'regression') {
    return { days: named, cells: null, reason: 'a regression has no right or wrong rows' };
  }
  const database = signal ? dataset.database.withSignal(signal) : dataset.database;
  const asOfUs = request.asOf ? instantUs(request.asOf) : dataset.lastInstantUs;
  const where = `${await segmentPredicate(dataset, request.within ?? {})} AND ${labelled(dataset, asOfUs)} AND predicted IS NOT NULL`;
  const cells = request.segments.map(() => ({
    labelled: new Array<number>(days).fill(0),
    right: new Array<number>(days).fill(0),
  }));
  await Promise.all(
    (await wantedBy(dataset, request.segments)).map(async ({ columns, places }) => {
      const names = columns.map((column) => `s${column}`);
      const codes = [...places.keys()].map((key) => `(${key})`).join(', ');
      const tuple = names.length === 1 ? names[0] : `(${names.join(', ')})`;
      const lines = await database.columns(
        `SELECT ${[...names, 'day'].join(', ')}, count(*) AS n, count(*) FILTER (predicted = label) AS k FROM row
         WHERE ${where}${names.length > 0 ? ` AND ${tuple} IN (${codes})` : ''} GROUP BY ALL ORDER BY ALL`,
      );
      const day = lines.day as Float64Array;
      for (let i = 0; i < day.length; i++) {
        const key = names.map((name) => (lines[name] as Float64Array)[i]).join(', ');
        const cell = cells[places.get(key) as number];
        const at = (day[i] as number) - first;
        if (!cell || at < 0 || at >= days) continue;
        cell.labelled[at] = (lines.n as Float64Array)[i] as number;
        cell.right[at] = (lines.k as Float64Array)[i] as number;
      }
    }),
  );
  return { days: named, cells, reason: null };
}

/** Segments by the columns they name; a value that never occurs has no rows and is not looked for. */
async function wantedBy(dataset: OpenDataset, segments: readonly Segment[]): Promise<Wanted[]> {
  const dictionaries = await Promise.all(
    dataset.segments.map(async (_, position) => {
      const values = await dataset.dictionary('segment', position);
      return new Map(values.map((value, code) => [value, code]));
    }),
  );
  const wanted = new Map<string, Wanted>();
  segments.forEach((segment, place) => {
    const columns = Object.keys(segment)
      .map((name) => dataset.segments.indexOf(name))
      .sort((a, b) => a - b);
    const codes = columns.map((column) =>
      dictionaries[column]?.get(segment[dataset.segments[column] as string] ?? null),
    );
    if (codes.includes(undefined)) return;
    const set = wanted.get(columns.join()) ?? { columns, places: new Map<string, number>() };
    set.places.set(codes.join(', '), place);
    wanted.set(columns.join(), set);
  });
  return [...wanted.values()];
}
