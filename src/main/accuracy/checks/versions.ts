import type { VersionChange } from '../../../shared/model/comparison.ts';
import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { flag, observe, pointer, word } from '../../../shared/observation.ts';
import { count, counted, days } from '../../../shared/units.ts';

const dayMs = 86_400_000;
const dayOf = (change: VersionChange): string => change.at.slice(0, 10);

/** Days between the version change and the span in which the fall began; 0 inside it. */
const distance = (change: VersionChange, { low, high }: { low: string; high: string }): number => {
  const at = Date.parse(dayOf(change));
  return Math.max(0, Date.parse(low) - at, at - Date.parse(high)) / dayMs;
};

/** Version changes within the days compared, held against the day the fall began. */
export const versions: EvidenceProvider = {
  observations: {
    changes: 'number',
    atOnset: 'number',
    nearestDays: 'number',
    onsetKnown: 'flag',
    verdict: 'text',
  },
  collect: ({ comparison, timeline }) => {
    const { versionChanges, onset, windows, verdict } = comparison;
    const first = windows.reference.from < windows.current.from ? windows.reference.from : windows.current.from;
    const last = windows.reference.to > windows.current.to ? windows.reference.to : windows.current.to;
    const changes = versionChanges.filter((change) => dayOf(change) > first && dayOf(change) <= last);
    const distances = onset ? changes.map((change) => distance(change, onset)) : [];
    const nearest = distances.length > 0 ? Math.min(...distances) : null;
    const unversioned =
      timeline.versionColumns?.length === 0
        ? 'no version column was exported, a person has to say which versions ran'
        : undefined;
    const listed = changes.map((change) => `${change.column} ${change.from} to ${change.to} on ${dayOf(change)}`);
    const place = nearest === null ? '' : `, the nearest ${days(nearest, 0)} from the days the fall began`;
    return {
      observed: unversioned ?? (changes.length === 0 ? 'no version changed' : `${listed.join('; ')}${place}`),
      observations: [
        observe('changes', unversioned ? null : changes.length, (n) => counted(n, 'change'), unversioned),
        observe('atOnset', unversioned ? null : distances.filter((far) => far === 0).length, count, unversioned),
        observe('nearestDays', nearest, (far) => days(far, 0), 'no version change, or no day the fall began'),
        flag('onsetKnown', onset !== null),
        word('verdict', verdict),
      ],
      evidence: [
        ...changes.map((change) => ({
          text: `${change.column} ${change.from} to ${change.to}`,
          document: 'comparison' as const,
          pointer: pointer('versionChanges', versionChanges.indexOf(change)),
        })),
        { text: 'version changes', document: 'comparison', pointer: pointer('versionChanges') },
        { text: 'the change point', document: 'comparison', pointer: pointer('onset') },
      ],
    };
  },
};
