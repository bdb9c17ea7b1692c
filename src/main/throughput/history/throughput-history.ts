import type { History, HistorySeries } from '../../../shared/model/history.ts';
import { historyChanges } from '../../statistics/e-divisive.ts';
import type { SeriesFound, SeriesInput } from './series-input.ts';

/** Below this many points a change cannot be told in either preset. */
const fewest = 6;

const seriesWithChanges = (input: SeriesInput, settings: History['settings'], notes: string[]): HistorySeries => {
  const { name, unit, points, boundaries } = input;
  const { preset, window, maxP, minMagnitude } = settings;
  const values = points.map(({ value }) => value);
  const found = historyChanges(values, { preset, window, maxPValue: maxP, minMagnitude });
  // Positions in the points become the indices that the source gave them.
  const indexAt = (at: number): number => points[at]?.index ?? at;
  if (points.length < fewest) notes.push(`${name}: too few points to tell a change: ${points.length}`);
  return {
    name,
    unit,
    n: points.length,
    changePoints: found.changes.map(({ index: at, before, after, ratio, pValue, provisional }) => ({
      index: indexAt(at),
      at: points[at]?.at ?? null,
      ...{ before, after, ratio, pValue, provisional },
    })),
    points,
    outliers: found.setAside.map(indexAt),
    boundaries: boundaries.map(({ at, fields }) => ({ index: indexAt(at), fields })),
  };
};

/** Change points of every series, with what was set aside and where the fingerprint changed. The same input gives the same answer, byte for byte. */
export const throughputHistory = ({ series, notes }: SeriesFound, settings: History['settings']): History => {
  const said = [...notes];
  return {
    schema: 'driftbench/history@1',
    settings,
    series: series.map((one) => seriesWithChanges(one, settings, said)),
    notes: said,
  };
};
