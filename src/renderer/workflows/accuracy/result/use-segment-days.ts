import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type DayCell, type DayCounts, dayCells, dayStripText } from '../../../../shared/charts/day-strip.ts';
import type { AccuracyComparison, Segment, SegmentComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { segmentKey } from '../../../../shared/segment-text.ts';
import { useClient } from '../../../client/use-connection.ts';

export interface Strips {
  days: number;
  current: [from: number, to: number] | null;
  of(row: SegmentComparison): { cells: DayCell[]; label: string } | null;
}

/** Days of the dataset, and the counts of the segments that were read, by the key of the segment. */
interface ReadDays {
  days: string[];
  lines: ReadonlyMap<string, DayCounts>;
}

/** Counts of days do not depend on the windows that are compared: what was read for other windows is not asked for again. */
const useReadDays = (comparison: AccuracyComparison, request: CompareRequest): ReadDays | null => {
  const client = useClient();
  const queries = useQueryClient();
  const { segments, asOf, dataset } = comparison;
  const query = useQuery({
    // The request says which segments these are: thousands of them would be hashed at every look.
    queryKey: ['segment days', dataset.sha256, asOf, request],
    queryFn: async ({ signal }): Promise<ReadDays | null> => {
      const shared = ['read segment days', dataset.sha256, asOf, request.within ?? {}];
      const known = queries.getQueryData<ReadDays>(shared);
      const missing = segments.filter(({ segment }) => !known?.lines.has(segmentKey(segment)));
      if (known && missing.length === 0) return known;
      const { days, cells } = await client.accuracy.segmentDays(
        {
          dataset: request.dataset,
          segments: missing.map(({ segment }) => segment),
          asOf,
          ...(request.within ? { within: request.within } : {}),
        },
        { signal },
      );
      if (!cells) return null;
      const lines = new Map(known?.lines);
      for (const [i, { segment }] of missing.entries()) lines.set(segmentKey(segment), cells[i] as DayCounts);
      return queries.setQueryData<ReadDays>(shared, { days, lines }) ?? null;
    },
    enabled: segments.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return query.data ?? null;
};

/** Each listed segment over time, worked out when its row is first drawn; null until the counts are there, or where there are none. */
export const useSegmentDays = (comparison: AccuracyComparison, request: CompareRequest): Strips | null => {
  const read = useReadDays(comparison, request);
  const { settings, windows } = comparison;
  return useMemo(() => {
    if (!read) return null;
    const { days, lines } = read;
    const drawn = new Map<Segment, { cells: DayCell[]; label: string }>();
    const position = (day: string) => days.indexOf(day);
    const ends = [position(windows.current.from), position(windows.current.to)] as [number, number];
    return {
      days: days.length,
      current: ends.includes(-1) ? null : ends,
      of: (row) => {
        const known = drawn.get(row.segment);
        if (known) return known;
        const line = lines.get(segmentKey(row.segment));
        if (!line) return null;
        const { cells: found, cut } = dayCells(line, {
          reference: row.reference.value,
          delta: settings.delta,
          minCell: settings.minCell,
        });
        const strip = { cells: found, label: dayStripText(found, cut, days) };
        drawn.set(row.segment, strip);
        return strip;
      },
    };
  }, [read, settings, windows]);
};
