import type { AccuracyComparison } from '../../../shared/model/comparison.ts';

/** Everything but the sentences made from it. */
export type ComparisonDraft = Omit<AccuracyComparison, 'summary' | 'ruledOut' | 'missing' | 'alarms'>;
