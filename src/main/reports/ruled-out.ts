import type { AccuracyCause } from '../../shared/model/investigation.ts';
import { metricName } from '../../shared/units.ts';
import { anchor } from './markup/anchor.ts';
import type { Report } from './report.ts';

export interface Place {
  at: string;
  name: string;
  /** The alternative of a conclusion that says the same. */
  alternative?: AccuracyCause;
}

const places: Record<string, Place> = {
  'labels still arriving': { at: 'windows', name: 'windows', alternative: 'late-labels' },
  'predictions moved': { at: 'prediction-drift', name: 'prediction drift' },
  'input features moved': { at: 'feature-drift', name: 'feature drift' },
  'other segments': { at: 'segments', name: 'segments' },
  'a change of mix': { at: 'decomposition', name: 'partitions', alternative: 'mix' },
  'worse answers to the same inputs': { at: 'decomposition', name: 'partitions', alternative: 'relation' },
  'broken input data': { at: 'faults', name: 'faults', alternative: 'data-quality' },
};

/** Where the numbers of a cause that was set aside can be seen. */
export const evidenceOfRuledOut = ({ comparison, metric }: Report, index: number): Place => {
  const line = comparison.ruledOut[index];
  const place = places[line?.cause ?? ''];
  if (place) return place;
  if (line?.cause === 'the whole model' && comparison.metrics[metric])
    return { at: anchor('metric', metric), name: metricName(metric) };
  const version = comparison.versionChanges.findIndex(
    ({ column, from, to }) => line?.cause === `${column} ${from} to ${to}`,
  );
  return version >= 0
    ? { at: anchor('version', version), name: 'versions', alternative: 'version-change' }
    : { at: 'artifacts', name: `comparison /ruledOut/${index}` };
};
