import type { HistorySeries } from '../../../../shared/model/history.ts';

/** Rates are better when higher, times and energies when lower; of anything else nobody says. */
export const betterOf = ({ unit }: Pick<HistorySeries, 'unit'>): boolean | null =>
  /\/s$|\bper second$|^[KMGT]?(?:FLOPS|B\/s)$/i.test(unit)
    ? true
    : /^(?:ns|us|µs|ms|s|J|mJ|J\/.+)$/.test(unit)
      ? false
      : null;
