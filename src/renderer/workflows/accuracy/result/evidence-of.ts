import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { count } from '../../../../shared/units.ts';
import type { Evidence } from '../../../evidence/evidence.ts';
import { compareCommand } from './wording.ts';

/** Evidence of one part of a comparison. */
export const evidenceOf = (
  comparison: AccuracyComparison,
  request: CompareRequest,
  part: { pointer: string; json: unknown; methods: readonly string[]; n?: string },
): Evidence => {
  const { reference, current } = comparison.windows;
  return {
    json: part.json,
    pointer: part.pointer,
    methods: part.methods,
    n:
      part.n ??
      `${count(reference.labelled)} labelled of ${count(reference.predictions)} in the reference, ${count(current.labelled)} of ${count(current.predictions)} in the current window`,
    command: compareCommand(comparison, request),
    hashes: [{ name: 'dataset', value: comparison.dataset.sha256 }],
  };
};
