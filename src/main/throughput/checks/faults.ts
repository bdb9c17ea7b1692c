import { flag, observe, pointer } from '../../../shared/observation.ts';
import { counted } from '../../../shared/units.ts';
import { asked, finding, suspectFields, type ThroughputProvider } from './look.ts';

/** What the driver reported while the candidate ran, and whether the device stopped answering. */
export const faults: ThroughputProvider = {
  observations: { newFaults: 'number', fatal: 'number', stoppedAnswering: 'flag', recovery: 'number' },
  collect: ({ comparison }) => {
    const each = asked(comparison);
    const found = each.flatMap(({ entry, at }) => {
      const before = new Set(entry.baseline.xids.map(({ code }) => code));
      return entry.candidate.xids.filter(({ code }) => !before.has(code)).map((xid) => ({ ...xid, at }));
    });
    const fatal = found.filter(({ kind }) => kind === 'fatal');
    const unknown = each.map(({ entry }) => entry.candidate.xidsUnknown).find((reason) => reason !== null);
    const reason = each.length === 0 ? 'no telemetry came with what was compared' : (unknown ?? null);
    const known = reason === null || found.length > 0;
    const lost = each.find(({ entry }) => entry.candidate.lost !== null && entry.baseline.lost === null);
    const words = [...new Set(found.map(({ code, text }) => `Xid ${code} (${text})`))].join(', ');
    const at = found[0]?.at ?? each[0]?.at;
    const place = at === undefined ? {} : { pointer: pointer('readings', at, 'candidate', 'xids') };
    return finding([
      {
        observation: observe('newFaults', known ? found.length : null, (n) => (n === 0 ? 'none' : words), reason ?? ''),
        label: 'faults that the baseline had not:',
        ...place,
      },
      {
        observation: observe('fatal', known ? fatal.length : null, (n) => counted(n, 'fault'), reason ?? ''),
        label: 'fatal:',
        ...place,
      },
      {
        observation: flag('stoppedAnswering', each.length === 0 ? null : lost !== undefined, reason ?? ''),
        label: 'stopped answering:',
        ...(lost ? { pointer: pointer('readings', lost.at, 'candidate', 'lost') } : {}),
      },
      suspectFields(comparison, 'recovery', 'faults'),
    ]);
  },
};
