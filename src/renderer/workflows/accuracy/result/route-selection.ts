import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { Segment } from '../../../../shared/model/comparison.ts';

export type SeriesChunk = '1d' | '1w' | '1mo';
const chunks: readonly SeriesChunk[] = ['1d', '1w', '1mo'];

export interface Selection {
  /** Empty is everything. */
  segment: Segment;
  /** Null lets the page choose by the number of labels. */
  chunk: SeriesChunk | null;
  select(segment: Segment): void;
  cutBy(chunk: SeriesChunk): void;
}

/** Canonical text of a segment: the same whatever the order of its columns. */
export const segmentKey = (segment: Segment): string =>
  JSON.stringify(Object.entries(segment).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

export const sameSegment = (a: Segment, b: Segment): boolean => segmentKey(a) === segmentKey(b);

/** What the person picked, read from and written to the address: a view is a link. */
export const useSelection = (): Selection => {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const parsed = useMemo(() => Segment.safeParse(search.segment), [search.segment]);
  const segment = parsed.success ? parsed.data : none;
  const chunk = chunks.find((candidate) => candidate === search.chunk) ?? null;
  const write = useCallback(
    (change: Record<string, unknown>, replace: boolean) => {
      void navigate({
        to: '.',
        search: ((before: Record<string, unknown>) => ({ ...before, ...change })) as never,
        replace,
        resetScroll: false,
      });
    },
    [navigate],
  );
  const selecting = Object.keys(segment).length > 0;
  // The first pick is a step that "back" undoes; walking on from there is not one step each.
  const select = useCallback(
    (next: Segment) => write({ segment: Object.keys(next).length > 0 ? next : undefined, chunk: undefined }, selecting),
    [write, selecting],
  );
  const cutBy = useCallback((next: SeriesChunk) => write({ chunk: next }, true), [write]);
  return { segment, chunk, select, cutBy };
};

const none: Segment = {};
