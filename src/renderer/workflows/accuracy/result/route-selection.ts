import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useMemo } from 'react';
import { Segment } from '../../../../shared/model/comparison.ts';
import { WindowRange } from '../../../../shared/model/window.ts';
import type { SeriesChunk } from '../../../../shared/series-chunk.ts';

const chunks: readonly SeriesChunk[] = ['1d', '1w', '1mo'];

export interface Selection {
  /** Empty is everything. */
  segment: Segment;
  /** Null lets the page choose by the number of labels. */
  chunk: SeriesChunk | null;
  /** Days picked on a chart over time. */
  days: WindowRange | null;
  errorsOnly: boolean;
  select(segment: Segment): void;
  cutBy(chunk: SeriesChunk): void;
  selectDays(days: WindowRange | null): void;
  onlyErrors(on: boolean): void;
  /** Nothing is picked any more. */
  letGo(): void;
}

export const isPicked = ({ segment, days }: Pick<Selection, 'segment' | 'days'>): boolean =>
  days !== null || Object.keys(segment).length > 0;

/** `2026-03-01..2026-03-07`; anything else is no choice. */
const parsedDays = (text: unknown): WindowRange | null => {
  const [, from, to] = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(typeof text === 'string' ? text : '') ?? [];
  const parsed = WindowRange.safeParse({ from, to });
  return parsed.success && parsed.data.from <= parsed.data.to ? parsed.data : null;
};

/** What the person picked, read from and written to the address: a view is a link. */
export const useSelection = (): Selection => {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const parsed = useMemo(() => Segment.safeParse(search.segment), [search.segment]);
  const segment = parsed.success ? parsed.data : none;
  const { days: daysText } = search;
  const days = useMemo(() => parsedDays(daysText), [daysText]);
  const errorsOnly = search.errors === true;
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
  const picking = days !== null;
  const selectDays = useCallback(
    (next: WindowRange | null) => write({ days: next ? `${next.from}..${next.to}` : undefined }, picking),
    [write, picking],
  );
  const onlyErrors = useCallback((on: boolean) => write({ errors: on || undefined }, true), [write]);
  const letGo = useCallback(
    () => write({ segment: undefined, days: undefined, chunk: undefined, errors: undefined }, false),
    [write],
  );
  return useMemo(
    () => ({ segment, chunk, days, errorsOnly, select, cutBy, selectDays, onlyErrors, letGo }),
    [segment, chunk, days, errorsOnly, select, cutBy, selectDays, onlyErrors, letGo],
  );
};

/**
 * The same for whatever is dear to draw: where something is picked shows it in the next picture, and everything beside it follows
 * without holding that picture up. Only a memoised component below can wait.
 */
export const useFollowingSelection = (): Selection => useDeferredValue(useSelection());

const none: Segment = {};
