import { decimal } from '../../../shared/units.ts';
import { difference, finding, suspectFields, type ThroughputProvider } from './look.ts';

/** Locks, states and supply against the baseline's, and the performance state under load. */
export const locksAndStates: ThroughputProvider = {
  observations: { differing: 'number', stateRise: 'number' },
  collect: ({ comparison }) =>
    finding([
      suspectFields(comparison, 'differing', 'locks-and-states'),
      difference(comparison, {
        as: 'stateRise',
        label: 'performance state against the baseline',
        of: 'pstate',
        text: (value) => `${value > 0 ? '+' : ''}${decimal(value)}`,
      }),
    ]),
};
