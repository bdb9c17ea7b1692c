import { logit } from './calibration.ts';
import { streams } from './noise.ts';
import { real } from './real.ts';
import { applied } from './scenario.ts';
import { listItem, sharesOf } from './shares.ts';
import { dayEffect, drawSegment, type World } from './world.ts';

/** Distance between the two outcomes' means of the evidence that only the model sees, in standard deviations. */
const latentGap = 1.8;

/** The outcome comes first, then segments, features and a hidden piece of evidence given the outcome. */
export function outcomeLayer({ scenario, draws }: World): string[] {
  let rate = 'NULL';
  for (const step of scenario.interventions) {
    if (step.kind === 'prior') rate = applied(step, rate, real(step.rate));
  }
  return [`(${draws.uniform(streams.outcome)} < ${rate})::INTEGER AS truth`];
}

function firstPrior({ scenario }: World): number {
  for (const step of scenario.interventions) if (step.kind === 'prior' && step.from === 0) return step.rate;
  throw new RangeError(`no prior on the first day: ${scenario.name}`);
}

/** Segment values given the outcome: the positives' shares are the negatives' tilted by the column's effects. */
export function outcomeSegments(world: World): string[] {
  return world.scenario.segments.map((_, index) => {
    const positive = drawSegment(world, index, (shares) => tilt(shares, world.effects[index]!));
    return `CASE WHEN truth = 1 THEN ${positive} ELSE ${drawSegment(world, index)} END AS s${index}`;
  });
}

export const outcomeShift = (world: World) => (index: number) =>
  `${real(world.scenario.features[index]!.effect)} * truth`;

/** The score is the exact posterior under the prior of day 0, which is why it stops being calibrated when the prior moves. */
export function outcomeLayers(world: World): string[][] {
  const { scenario, draws } = world;
  const evidence = scenario.segments.map((column, index) => {
    const negative = sharesOf(column);
    const positive = tilt(negative, world.effects[index]!);
    return listItem(
      positive.map((share, k) => Math.log(share / negative[k]!)),
      `s${index}`,
    );
  });
  const fromFeatures = scenario.features.flatMap(({ effect }, index) =>
    effect ? [`${real(effect)} * x${index} - ${real(effect ** 2 / 2)}`] : [],
  );
  const latent = `${draws.normal(streams.latent)} + ${real(latentGap)} * truth`;
  return [
    [`${latent} AS latent`],
    [
      `${[real(logit(firstPrior(world))), dayEffect(world), ...evidence, ...fromFeatures].join(' + ')} + ${real(latentGap)} * latent - ${real(latentGap ** 2 / 2)} AS seen_logit`,
    ],
    ['1 / (1 + exp(-seen_logit)) AS score', '(seen_logit >= 0)::INTEGER AS guess'],
    ['guess <> truth AS wrong'],
  ];
}

function tilt(shares: number[], effects: number[]): number[] {
  const raw = shares.map((share, index) => share * Math.exp(effects[index]!));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return raw.map((weight) => weight / total);
}
