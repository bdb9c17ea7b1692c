import { anchor } from './markup/anchor.ts';
import type { Report } from './report.ts';

const places: Record<string, string> = {
  'labels still arriving': 'windows',
  'predictions moved': 'prediction-drift',
  'input features moved': 'feature-drift',
  'other segments': 'segments',
  'a change of mix': 'decomposition',
  'worse answers to the same inputs': 'decomposition',
  'broken input data': 'faults',
};

/** Where the numbers of a cause that was set aside can be seen. */
export const evidenceOfRuledOut = ({ comparison, metric }: Report, index: number): string => {
  const line = comparison.ruledOut[index];
  const place = places[line?.cause ?? ''];
  if (place) return place;
  if (line?.cause === 'the whole model') return anchor('metric', metric);
  const version = comparison.versionChanges.findIndex(
    ({ column, from, to }) => line?.cause === `${column} ${from} to ${to}`,
  );
  return version >= 0 ? anchor('version', version) : 'artifacts';
};
