import { decimal } from '../../../shared/units.ts';
import {
  celsius,
  difference,
  finding,
  pieceOfEvidence,
  reading,
  rise,
  share,
  type ThroughputProvider,
  watched,
} from './look.ts';

/** Thermal slow-downs, the margin to the limit, and where the temperature is going. */
export const thermal: ThroughputProvider = {
  observations: {
    watched: 'flag',
    slowDownRise: 'number',
    marginC: 'number',
    marginRise: 'number',
    hotterC: 'number',
    memoryHotterC: 'number',
    slopeCPerMin: 'number',
    fanPercent: 'number',
    slowLater: 'flag',
  },
  collect: ({ comparison }) =>
    finding([
      rise(comparison, {
        as: 'slowDownRise',
        label: 'thermal slow-down above the baseline',
        of: 'thermalShare',
        text: share,
      }),
      reading(comparison, {
        as: 'marginC',
        label: 'margin to the limit',
        of: 'temperatureMarginC',
        text: celsius,
        worst: 'lowest',
      }),
      {
        ...difference(comparison, {
          as: 'marginRise',
          label: 'margin against the baseline',
          of: 'temperatureMarginC',
          text: celsius,
          worst: 'lowest',
        }),
        label: '',
      },
      difference(comparison, {
        as: 'hotterC',
        label: 'highest temperature against the baseline',
        of: 'temperatureC',
        text: celsius,
      }),
      difference(comparison, {
        as: 'memoryHotterC',
        label: 'memory temperature against the baseline',
        of: 'memoryTemperatureC',
        text: celsius,
      }),
      reading(comparison, {
        as: 'slopeCPerMin',
        label: 'slope',
        of: 'temperatureSlopeCPerMin',
        text: (value) => `${decimal(value)} C a minute`,
      }),
      reading(comparison, {
        as: 'fanPercent',
        label: 'fan',
        of: 'fanPercent',
        text: (value) => `${decimal(value, 0)} %`,
      }),
      pieceOfEvidence(comparison, 'slowLater', 'slower later in a run:', 'shape.slow-later'),
      watched(comparison, 'heat', 'thermalShare', 'temperatureMarginC', 'temperatureC'),
    ]),
};
