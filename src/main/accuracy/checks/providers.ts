import type { EvidenceProviders } from '../../../shared/model/evidence.ts';
import { dataQuality } from './data-quality.ts';
import { isItReal } from './is-it-real.ts';
import { labelChange } from './label-change.ts';
import { labelsIn } from './labels-in.ts';
import { mix } from './mix.ts';
import { outcomes } from './outcomes.ts';
import { relation } from './relation.ts';
import { rightFiles } from './right-files.ts';
import { scoreScale } from './score-scale.ts';
import { sinceWhen } from './since-when.ts';
import { storedDrift } from './stored-drift.ts';
import { versions } from './versions.ts';
import { where } from './where.ts';

/** Every evidence provider of the accuracy axis, by the id a checklist calls it. */
export const accuracyProviders: EvidenceProviders = {
  'right-files': rightFiles,
  'labels-in': labelsIn,
  'label-change': labelChange,
  'is-it-real': isItReal,
  'data-quality': dataQuality,
  where,
  'since-when': sinceWhen,
  versions,
  'score-scale': scoreScale,
  mix,
  'stored-drift': storedDrift,
  relation,
  outcomes,
};
