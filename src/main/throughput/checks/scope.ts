import { observe, pointer, word } from '../../../shared/observation.ts';
import { count } from '../../../shared/units.ts';
import { finding, pieceOfEvidence, type ThroughputProvider } from './look.ts';

/** What fell and what did not: the signature of the workloads, and whether only the tail or one precision is slower. */
export const scope: ThroughputProvider = {
  observations: {
    verdict: 'text',
    workloads: 'number',
    slower: 'number',
    tailOnly: 'flag',
    onePrecision: 'flag',
  },
  collect: ({ comparison }) => {
    const { workloads, readings, tables, verdict } = comparison;
    const slower = tables
      ? tables.slower.map(({ model }) => model)
      : readings
          .filter(({ suspicious }) => suspicious)
          .map(({ workload, precision }) => [workload.id, precision].filter(Boolean).join(' '));
    const named = slower.slice(0, 5).join(', ');
    return finding([
      {
        observation: observe('workloads', tables ? tables.compared : workloads.length, count),
        label: 'compared:',
        pointer: tables ? pointer('tables') : pointer('workloads'),
      },
      {
        observation: observe('slower', slower.length, (n) =>
          n === 0 ? 'none' : `${count(n)} (${named}${n > 5 ? ', ...' : ''})`,
        ),
        label: 'slower or not measurable:',
        pointer: tables ? pointer('tables') : pointer('readings'),
      },
      pieceOfEvidence(comparison, 'tailOnly', 'only the tail:', 'shape.p99-only'),
      pieceOfEvidence(comparison, 'onePrecision', 'only one precision:', 'signature.one-precision'),
      { observation: word('verdict', verdict), label: '', pointer: pointer('verdict') },
    ]);
  },
};
