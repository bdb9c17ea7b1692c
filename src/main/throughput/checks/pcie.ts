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

/** The link to the host under load, its replays, and the speed of copies over it. */
export const pcie: ThroughputProvider = {
  observations: {
    watched: 'flag',
    widthRatio: 'number',
    generationRatio: 'number',
    replays: 'number',
    replaysRise: 'number',
    copySpeed: 'number',
    linkFields: 'number',
  },
  collect: ({ comparison }) =>
    finding([
      ratio(comparison, {
        as: 'widthRatio',
        label: 'lanes over the baseline',
        of: 'pcieWidth',
        text: factor,
        worst: 'lowest',
      }),
      ratio(comparison, {
        as: 'generationRatio',
        label: 'generation over the baseline',
        of: 'pcieGen',
        text: factor,
        worst: 'lowest',
      }),
      reading(comparison, { as: 'replays', label: 'replays in a run', of: 'pcieReplays', text: count }),
      {
        ...rise(comparison, { as: 'replaysRise', label: 'replays above the baseline', of: 'pcieReplays', text: count }),
        label: '',
      },
      speedOfRole(comparison, 'copySpeed', 'copies over the baseline', 'link'),
      suspectFields(comparison, 'linkFields', 'pcie'),
      watched(comparison, 'the link', 'pcieWidth', 'pcieGen', 'pcieReplays'),
    ]),
};
