import { decimal } from '../../../shared/units.ts';
import { difference, finding, reading, rise, share, suspectFields, type ThroughputProvider, watched } from './look.ts';

/** Limits against the baseline's, time at the limit, and the brake from outside. */
export const power: ThroughputProvider = {
  observations: {
    watched: 'flag',
    limitDifferenceW: 'number',
    capShareRise: 'number',
    brakeShare: 'number',
    limitFields: 'number',
  },
  collect: ({ comparison }) =>
    finding([
      difference(comparison, {
        as: 'limitDifferenceW',
        label: 'power limit against the baseline',
        of: 'powerLimitW',
        text: (value) => `${value > 0 ? '+' : ''}${decimal(value)} W`,
        worst: 'lowest',
      }),
      rise(comparison, {
        as: 'capShareRise',
        label: 'time at the limit above the baseline',
        of: 'capShare',
        text: share,
      }),
      reading(comparison, { as: 'brakeShare', label: 'power brake pulled', of: 'brakeShare', text: share }),
      suspectFields(comparison, 'limitFields', 'power'),
      watched(comparison, 'power', 'powerLimitW', 'capShare', 'brakeShare'),
    ]),
};
