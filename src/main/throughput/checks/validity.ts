import { flag, observe, pointer, word } from '../../../shared/observation.ts';
import { counted } from '../../../shared/units.ts';
import { finding, runs, type ThroughputProvider } from './look.ts';

/** Whether both sides are sound runs of one workload on hardware. */
export const validity: ThroughputProvider = {
  observations: {
    comparable: 'flag',
    baselineValid: 'number',
    candidateValid: 'number',
    invalidRuns: 'number',
    refused: 'number',
    softwareAdapter: 'flag',
    verdict: 'text',
  },
  collect: ({ comparison }) => {
    const { baseline, candidate, excludedRuns, reasons, tables, comparable } = comparison;
    const invalid = (side: 'baseline' | 'candidate') => excludedRuns.filter((run) => run.side === side).length;
    const valid = (side: 'baseline' | 'candidate') => (tables ? null : comparison[side].length - invalid(side));
    const rows = 'rows of a table are no runs';
    const software = [...baseline, ...candidate].some(({ executor }) => executor.kind === 'software');
    return finding([
      { observation: flag('comparable', comparable), label: 'comparable:', pointer: pointer('comparable') },
      {
        observation: observe('baselineValid', valid('baseline'), runs, rows),
        label: 'valid of the baseline:',
        pointer: pointer('baseline'),
      },
      {
        observation: observe('candidateValid', valid('candidate'), runs, rows),
        label: 'of the candidate:',
        pointer: pointer('candidate'),
      },
      {
        observation: observe('invalidRuns', excludedRuns.length, runs),
        label: 'kept out:',
        pointer: pointer('excludedRuns'),
      },
      {
        observation: observe(
          'refused',
          comparable ? reasons.length + (tables?.refused.length ?? 0) : reasons.length,
          (n) => (n === 0 ? 'none' : `${counted(n, 'reason')}${reasons[0] ? `, the first: ${reasons[0]}` : ''}`),
        ),
        label: 'refused:',
        pointer: pointer('reasons'),
      },
      { observation: flag('softwareAdapter', software), label: 'software adapter:' },
      { observation: word('verdict', comparison.verdict), label: '', pointer: pointer('verdict') },
    ]);
  },
};
