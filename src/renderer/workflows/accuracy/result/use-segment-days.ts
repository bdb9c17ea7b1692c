import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type DayCell, dayCells, dayStripText } from '../../../../shared/charts/day-strip.ts';
import type { AccuracyComparison, SegmentComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { useClient } from '../../../client/use-connection.ts';

export interface Strips {
  days: number;
  current: [from: number, to: number] | null;
  of(row: SegmentComparison): { cells: DayCell[]; label: string } | null;
}

/** Each listed segment over time, worked out when its row is first drawn; null until the counts are there, or where there are none. */
export const useSegmentDays = (comparison: AccuracyComparison, request: CompareRequest): Strips | null => {
  const client = useClient();
  const { segments, settings, windows, asOf } = comparison;
  const wanted = useMemo(
    () => ({
      dataset: request.dataset,
      segments: segments.map(({ segment }) => segment),
      asOf,
      ...(request.within ? { within: request.within } : {}),
    }),
    [segments, asOf, request.dataset, request.within],
  );
  const query = useQuery({
    // The request says which segments these are: thousands of them would be hashed at every look.
    queryKey: ['segment days', comparison.dataset.sha256, asOf, request],
    queryFn: ({ signal }) => client.accuracy.segmentDays(wanted, { signal }),
    enabled: segments.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const counts = query.data;
  return useMemo(() => {
    if (!counts?.cells) return null;
    const { days, cells } = counts;
    const places = new Map(segments.map(({ segment }, place) => [segment, place]));
    const drawn = new Map<number, { cells: DayCell[]; label: string }>();
    const position = (day: string) => days.indexOf(day);
    const ends = [position(windows.current.from), position(windows.current.to)] as [number, number];
    return {
      days: days.length,
      current: ends.includes(-1) ? null : ends,
      of: (row) => {
        const place = places.get(row.segment);
        const line = place === undefined ? undefined : cells[place];
        if (place === undefined || !line) return null;
        const known = drawn.get(place);
        if (known) return known;
        const { cells: found, cut } = dayCells(line, {
          reference: row.reference.value,
          delta: settings.delta,
          minCell: settings.minCell,
        });
        const strip = { cells: found, label: dayStripText(found, cut, days) };
        drawn.set(place, strip);
        return strip;
      },
    };
  }, [counts, segments, settings, windows]);
};
