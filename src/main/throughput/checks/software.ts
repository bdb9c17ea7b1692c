import { flag, observe, pointer } from '../../../shared/observation.ts';
import { count } from '../../../shared/units.ts';
import { roleOf } from '../compare/workload-role.ts';
import { factor, finding, pieceOfEvidence, reading, suspectFields, type ThroughputProvider } from './look.ts';

/** Cycles an item takes, nodes that fell back to another provider, changed outputs, and what differs of the software. */
export const software: ThroughputProvider = {
  observations: {
    cyclesRatio: 'number',
    fallbackNodes: 'number',
    outputsChanged: 'flag',
    onePrecision: 'flag',
    differing: 'number',
  },
  collect: ({ comparison }) => {
    const bound = comparison.workloads.flatMap(({ workload, cycles: { clockRatio, timeRatio } }, at) =>
      clockRatio !== null && timeRatio !== null && ['compute', 'probe', null].includes(roleOf(workload.id))
        ? [{ value: clockRatio * timeRatio, at }]
        : [],
    );
    const [most] = bound.toSorted((a, b) => b.value - a.value);
    const changed = comparison.workloads.findIndex(({ outputs }) => outputs.equal === false);
    const known = comparison.workloads.some(({ outputs }) => outputs.equal !== null);
    return finding([
      {
        observation: observe('cyclesRatio', most?.value ?? null, factor, comparison.cycles.text),
        label: 'cycles an item over the baseline',
        ...(most ? { pointer: pointer('workloads', most.at, 'cycles') } : {}),
      },
      reading(comparison, {
        as: 'fallbackNodes',
        label: 'nodes on another provider',
        of: 'nodesFallback',
        text: count,
      }),
      {
        observation: flag('outputsChanged', changed >= 0 ? true : known ? false : null, comparison.outputs.reason),
        label: 'outputs changed:',
        pointer: changed >= 0 ? pointer('workloads', changed, 'outputs') : pointer('outputs'),
      },
      pieceOfEvidence(comparison, 'onePrecision', 'only one precision slower:', 'signature.one-precision'),
      suspectFields(comparison, 'differing', 'software'),
    ]);
  },
};
