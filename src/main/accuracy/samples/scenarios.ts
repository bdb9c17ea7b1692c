import {
  applicationFeatures,
  applicationSegments,
  channelSegments,
  deliveryFeatures,
  deliverySegments,
  expenseClasses,
  expenseFeatures,
  expenseSegments,
  restlessFeatures,
} from './columns.ts';
import type { ExportShape, Intervention, Scenario } from './scenario.ts';

/** The day on which something happens, where something does: 2026-05-01. */
export const changeDay = 60;
const start = '2026-03-02';

const ordinaryLatency = { medianDays: 4, p95Days: 21, neverShare: 0.08 };
const plainShape: ExportShape = {
  id: 'integer',
  time: 'timestamp',
  layout: 'daily',
  names: { predicted: 'predicted_class', provider_version: 'provider_model_version' },
};

const expenses: Omit<Scenario, 'name' | 'title' | 'description'> = {
  task: 'multiclass',
  world: 'correctness',
  start,
  days: 90,
  rowsPerDay: 4000,
  segments: expenseSegments(),
  features: expenseFeatures,
  classes: expenseClasses,
  accuracy: 0.945,
  noise: 1,
  dayEffect: 0.02,
  latency: ordinaryLatency,
  interventions: [],
  shape: plainShape,
};

/** A segment that was never good, a deployment without consequences, a provider's update, five restless features. */
const decoys: Intervention[] = [
  { kind: 'accuracy', from: 0, where: { merchant_category: 'gifts' }, target: 0.8, seen: 1 },
  { kind: 'version', column: 'model', value: 'expenses-41', from: 0 },
  { kind: 'version', column: 'model', value: 'expenses-42', from: 40 },
  { kind: 'version', column: 'provider', value: '2026-01', from: 0 },
  { kind: 'version', column: 'provider', value: '2026-04', from: 52 },
  { kind: 'shift', feature: 'embedding_norm', from: 52, by: 0.9 },
  ...restlessFeatures.map(
    (feature, index): Intervention => ({
      kind: 'drift',
      feature: feature.name,
      from: 0,
      perDay: (index % 2 === 0 ? 1 : -1) * (0.01 + 0.004 * index),
    }),
  ),
];

const plantedPair = { country: 'PT', merchant_category: 'rail' };

export function silentFailure(rowsPerDay: number): Scenario {
  // Few rows a day need a larger corner: 40 rows are enough to be found, 0.3 % is the smallest worth planting.
  const cell = Math.min(0.05, Math.max(0.003, 40 / rowsPerDay));
  const side = Math.sqrt(cell);
  return {
    ...expenses,
    name: 'silent-failure',
    title: 'Silent failure',
    description:
      'An expense classifier stands at about 94.5 % right answers, as it always did, and still complaints come in. In April there was a deployment, then the provider updated its model. Is something wrong: where, since when, and is it the update?',
    rowsPerDay,
    segments: expenseSegments({ country: { PT: side }, merchant_category: { rail: side } }),
    features: [...expenseFeatures, ...restlessFeatures],
    interventions: [
      ...decoys,
      { kind: 'accuracy', from: 0, where: plantedPair, target: 0.94, seen: 1 },
      { kind: 'accuracy', from: changeDay, where: plantedPair, target: 0.71, seen: 0 },
    ],
  };
}

export const nothingHappened: Scenario = {
  ...expenses,
  name: 'quiet-spring',
  title: 'A quiet spring',
  description:
    'The same classifier, the same deployment and the same update of the provider, seen at another company that has not complained. Is there anything to find?',
  features: [...expenseFeatures, ...restlessFeatures],
  interventions: decoys,
};

export const mixMoved: Scenario = {
  ...expenses,
  name: 'lower-total',
  title: 'The total fell',
  description:
    'The classifier at a third company: since the first days of May fewer of all answers are right. Somebody wants to retrain the model. Should they?',
  segments: expenseSegments({
    customer_tier: { starter: 0.4, team: 0.25, business: 0.15, enterprise: 0.12, public: 0.08 },
  }),
  interventions: [
    ...Object.entries({ starter: 0.98, team: 0.96, business: 0.95, enterprise: 0.9, public: 0.8 }).map(
      ([tier, target]): Intervention => ({
        kind: 'accuracy',
        from: 0,
        where: { customer_tier: tier },
        target,
        seen: 1,
      }),
    ),
    {
      kind: 'mix',
      from: changeDay,
      column: 'customer_tier',
      shares: { starter: 0.2, team: 0.2, business: 0.15, enterprise: 0.2, public: 0.25 },
    },
  ],
};

export const relationMoved: Scenario = {
  ...expenses,
  name: 'lower-everywhere',
  title: 'Fewer right answers everywhere',
  description:
    'The classifier at a fourth company: whichever country or category one looks at, May is worse than April. What kind of change does that?',
  interventions: [{ kind: 'accuracy', from: changeDay, where: {}, shift: -0.6, seen: 0 }],
};

const applications: Omit<Scenario, 'name' | 'title' | 'description'> = {
  ...expenses,
  task: 'binary',
  world: 'outcome',
  segments: applicationSegments,
  features: applicationFeatures,
  classes: [],
  shape: { ...plainShape, names: { predicted: 'decision', label: 'defaulted', labelled_at: 'settled_at' } },
};

export const labelsMoved: Scenario = {
  ...applications,
  name: 'credit-decisions',
  title: 'Credit decisions',
  description:
    'A model that predicts who will default. In May more of its decisions turned out wrong, and its scores moved at the same time. Are these other people?',
  interventions: [
    { kind: 'prior', from: 0, rate: 0.25 },
    { kind: 'prior', from: changeDay, rate: 0.42 },
  ],
};

const brokenChannel = { channel: 'partner' };

export const pipelineBreak: Scenario = {
  ...expenses,
  name: 'worse-in-places',
  title: 'Worse, and not for everybody',
  description:
    'Receipts reach the classifier on several ways. In May some customers see many more wrong answers, others none. What do they have in common, and is it the model?',
  segments: channelSegments({ channel: { partner: 0.18 } }),
  interventions: [
    { kind: 'null', feature: 'ocr_confidence', from: changeDay, where: brokenChannel, share: 1 },
    { kind: 'accuracy', from: 0, where: brokenChannel, target: 0.94, seen: 1 },
    { kind: 'accuracy', from: changeDay, where: brokenChannel, target: 0.8, seen: 0.3 },
  ],
};

export const missingVariable: Scenario = {
  ...expenses,
  name: 'scores-moved',
  title: 'Scores moved, answers got worse',
  description: 'In May the scores of the classifier moved and fewer answers are right. Can the export tell why?',
  interventions: [
    { kind: 'hidden', from: 0, to: changeDay - 1, share: 0.15, shift: -1.6, seen: 0.4 },
    { kind: 'hidden', from: changeDay, share: 0.45, shift: -1.6, seen: 0.4 },
  ],
};

export const slowLabels: Scenario = {
  ...applications,
  world: 'correctness',
  name: 'newest-days',
  title: 'The newest days look terrible',
  description:
    'A review queue confirms answers with some delay. On the dashboard the last days stand at 60 % instead of 90 %. Is it an emergency?',
  accuracy: 0.92,
  latency: { medianDays: 7, p95Days: 28, neverShare: 0.08, whenWrong: { medianDays: 0.9, p95Days: 4 } },
  interventions: [
    { kind: 'version', column: 'model', value: 'review-7', from: 0 },
    { kind: 'version', column: 'model', value: 'review-8', from: 70 },
  ],
};

const deliveries: Omit<Scenario, 'name' | 'title' | 'description'> = {
  ...expenses,
  task: 'regression',
  world: 'regression',
  segments: deliverySegments,
  features: deliveryFeatures,
  classes: [],
  noise: 0.12,
  dayEffect: 0.004,
  latency: { medianDays: 0.2, p95Days: 1.5, neverShare: 0.03 },
  shape: { ...plainShape, names: { predicted: 'eta_minutes', label: 'actual_minutes', labelled_at: 'delivered_at' } },
};

export const lateDeliveries: Scenario = {
  ...deliveries,
  name: 'delivery-times',
  title: 'Later than promised',
  description:
    'An estimate of delivery times in minutes: in May more customers say that it was wrong. All of them, or some?',
  interventions: [{ kind: 'error', from: changeDay, where: { city: 'Gdansk', vehicle: 'van' }, scale: 2.2, bias: 4 }],
};

export const deliveriesUnchanged: Scenario = {
  ...deliveries,
  name: 'deliveries-unchanged',
  title: 'Delivery times as ever',
  description: 'The same delivery-time estimate with nothing planted.',
};
