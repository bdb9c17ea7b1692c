import { decimal } from '../../../shared/units.ts';
import { factor, finding, ratio, reading, type ThroughputProvider } from './look.ts';

const megahertz = (value: number): string => `${decimal(value)} MHz`;

/** Median clocks while the runs measured, candidate over baseline. */
export const clockUnderLoad: ThroughputProvider = {
  observations: { clockRatio: 'number', memoryClockRatio: 'number', clockMhz: 'number' },
  collect: ({ comparison }) =>
    finding([
      reading(comparison, { as: 'clockMhz', label: 'core clock', of: 'smClockMhz', text: megahertz, worst: 'lowest' }),
      ratio(comparison, {
        as: 'clockRatio',
        label: 'core clock against the baseline, ratio',
        of: 'smClockMhz',
        text: factor,
        worst: 'lowest',
      }),
      ratio(comparison, {
        as: 'memoryClockRatio',
        label: 'memory clock over the baseline',
        of: 'memoryClockMhz',
        text: factor,
        worst: 'lowest',
      }),
    ]),
};
