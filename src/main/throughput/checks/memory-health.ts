import { count } from '../../../shared/units.ts';
import {
  factor,
  finding,
  ratio,
  reading,
  rise,
  speedOfRole,
  suspectFields,
  type ThroughputProvider,
  watched,
} from './look.ts';

/** Errors and rows of the device's memory, its clock, and the speed of work that is bound by it. */
export const memoryHealth: ThroughputProvider = {
  observations: {
    watched: 'flag',
    uncorrected: 'number',
    corrected: 'number',
    correctedRise: 'number',
    rowsFailed: 'number',
    rowsPending: 'number',
    rowsRemapped: 'number',
    memoryClockRatio: 'number',
    memoryBoundSpeed: 'number',
    protectionFields: 'number',
  },
  collect: ({ comparison }) =>
    finding([
      reading(comparison, { as: 'uncorrected', label: 'uncorrectable errors', of: 'eccUncorrected', text: count }),
      reading(comparison, { as: 'corrected', label: 'corrected errors', of: 'eccCorrected', text: count }),
      {
        ...rise(comparison, {
          as: 'correctedRise',
          label: 'corrected errors above the baseline',
          of: 'eccCorrected',
          text: count,
        }),
        label: '',
      },
      reading(comparison, {
        as: 'rowsFailed',
        label: 'rows that could not be remapped',
        of: 'rowsFailed',
        text: count,
      }),
      reading(comparison, { as: 'rowsPending', label: 'rows waiting', of: 'rowsPending', text: count }),
      reading(comparison, { as: 'rowsRemapped', label: 'rows remapped', of: 'rowsRemapped', text: count }),
      ratio(comparison, {
        as: 'memoryClockRatio',
        label: 'memory clock over the baseline',
        of: 'memoryClockMhz',
        text: factor,
        worst: 'lowest',
      }),
      speedOfRole(comparison, 'memoryBoundSpeed', 'memory-bound work over the baseline', 'memory'),
      suspectFields(comparison, 'protectionFields', 'memory-health'),
      watched(comparison, 'the memory', 'eccUncorrected', 'eccCorrected', 'rowsPending', 'rowsRemapped'),
    ]),
};
