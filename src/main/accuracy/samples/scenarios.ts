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
    title: 'Silent failure in one corner',
    description:
      'An expense classifier stays at about 94.5 % overall while one country x merchant category falls from 94 % to 71 % on 1 May. ' +
      `The failing corner is about ${(100 * cell).toFixed(1)} % of the rows; a deployment, a provider update and five restless features are innocent.`,
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
  name: 'nothing-happened',
  title: 'Nothing happened',
  description:
    'The same classifier, the same deployment, provider update and restless features, and no failure: the right answer is silence.',
  features: [...expenseFeatures, ...restlessFeatures],
  interventions: decoys,
};

export const mixMoved: Scenario = {
  ...expenses,
  name: 'mix-moved',
  title: 'Only the mix moved',
  description:
    'The classifier is as good as ever for every tier of customer, but from 1 May many more of the difficult ones arrive: the total falls by about 3.5 points.',
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
  name: 'relation-moved',
  title: 'Only the relation moved',
  description:
    'The same kinds of expenses arrive in the same proportions, but the accounting rules changed on 1 May: right answers became wrong everywhere, and the scores do not know it.',
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
  name: 'labels-moved',
  title: 'Only the outcomes moved',
  description:
    'A credit model: from 1 May defaults are more frequent (25 % to 42 %), while defaulters and payers each look exactly as before.',
  interventions: [
    { kind: 'prior', from: 0, rate: 0.25 },
    { kind: 'prior', from: changeDay, rate: 0.42 },
  ],
};

const brokenChannel = { channel: 'partner' };

export const pipelineBreak: Scenario = {
  ...expenses,
  name: 'pipeline-break',
  title: 'A feature went missing in one channel',
  description:
    'From 1 May receipts of the partner channel arrive without ocr_confidence, and the classifier guesses worse there.',
  segments: channelSegments({ channel: { partner: 0.18 } }),
  interventions: [
    { kind: 'null', feature: 'ocr_confidence', from: changeDay, where: brokenChannel, share: 1 },
    { kind: 'accuracy', from: 0, where: brokenChannel, target: 0.94, seen: 1 },
    { kind: 'accuracy', from: changeDay, where: brokenChannel, target: 0.8, seen: 0.3 },
  ],
};

export const missingVariable: Scenario = {
  ...expenses,
  name: 'missing-variable',
  title: 'Something nobody exports moved',
  description:
    'Scanned copies, which no column records, grow from 15 % to 45 % of the receipts on 1 May: scores move, accuracy falls, and no exported column accounts for it.',
  interventions: [
    { kind: 'hidden', from: 0, to: changeDay - 1, share: 0.15, shift: -1.6, seen: 0.4 },
    { kind: 'hidden', from: changeDay, share: 0.45, shift: -1.6, seen: 0.4 },
  ],
};

export const slowLabels: Scenario = {
  ...applications,
  world: 'correctness',
  name: 'slow-labels',
  title: 'Errors are labelled first',
  description:
    'A review queue confirms mistakes within a day and correct answers within weeks: the newest days look terrible although nothing changed.',
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
  name: 'late-deliveries',
  title: 'Delivery times off in one city',
  description:
    'A delivery-time estimate: from 1 May the vans of one city arrive later and less predictably than estimated.',
  interventions: [{ kind: 'error', from: changeDay, where: { city: 'Gdansk', vehicle: 'van' }, scale: 2.2, bias: 4 }],
};

export const deliveriesUnchanged: Scenario = {
  ...deliveries,
  name: 'deliveries-unchanged',
  title: 'Delivery times as ever',
  description: 'The same delivery-time estimate with nothing planted.',
};
