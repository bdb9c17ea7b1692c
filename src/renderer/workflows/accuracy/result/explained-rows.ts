import type { AccuracyComparison, Segment } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';

/** The rows whose change was taken apart: the scope of an explanation is told inside of what was asked for. */
export const explainedRows = (comparison: AccuracyComparison, request: Pick<CompareRequest, 'within'>): Segment => ({
  ...request.within,
  ...comparison.explanation.scope,
});
