import { observe, pointer } from '../../../shared/observation.ts';
import { count, counted } from '../../../shared/units.ts';
import { isKnown } from '../fingerprint/field.ts';
import { finding, type ThroughputProvider } from './look.ts';

/** How many fields of the two stacks differ, how many of those are suspects, and how many nobody knows. */
export const whatChanged: ThroughputProvider = {
  observations: { differing: 'number', suspects: 'number', unknown: 'number' },
  collect: ({ comparison }) => {
    const { fingerprintDifference: all, fingerprints } = comparison;
    const differing = all.filter(({ known }) => known);
    const suspects = differing.filter(({ suspect }) => suspect);
    const both = Object.keys(fingerprints.baseline).filter(
      (name) => isKnown(fingerprints.baseline[name]) && isKnown(fingerprints.candidate[name]),
    );
    const none = both.length === 0 ? 'no field of the stack is known on both sides' : null;
    const names = suspects
      .slice(0, 6)
      .map(({ field }) => field)
      .join(', ');
    const place = pointer('fingerprintDifference');
    return finding([
      {
        observation: observe(
          'differing',
          none ? null : differing.length,
          (n) => `${count(n)} of ${counted(both.length, 'known field')}`,
          none ?? '',
        ),
        label: 'differing:',
        pointer: place,
      },
      {
        observation: observe(
          'suspects',
          none ? null : suspects.length,
          (n) => (n === 0 ? 'none' : `${count(n)} (${names}${n > 6 ? ', ...' : ''})`),
          none ?? '',
        ),
        label: 'suspects:',
        pointer: place,
      },
      {
        observation: observe('unknown', all.length - differing.length, (n) => counted(n, 'field')),
        label: 'not known on a side:',
        pointer: place,
      },
    ]);
  },
};
