import { featureSum } from './features.ts';
import { streams } from './noise.ts';
import { real } from './real.ts';
import { applied } from './scenario.ts';
import { dayEffect, effectSum, placeCondition, type World } from './world.ts';

/**
 * Layers of a world that draws correctness: the chance of being right is a logit over segments, features and noise;
 * the score is the same chance unless an intervention keeps the score from seeing what happened.
 */
export function classifiedLayers(world: World): string[][] {
  const { scenario, draws, base, sd, floor } = world;
  let truth = `${real(base)} + ${effectSum(world)}`;
  let seen = truth;
  for (const step of scenario.interventions) {
    if (step.kind === 'accuracy') {
      const condition = placeCondition(scenario, step.where);
      const target = step.target === undefined ? undefined : real(world.centreOf(step.target));
      const next = target ?? `${truth} + ${real(step.shift ?? 0)}`;
      if (step.seen > 0) {
        const followed =
          target === undefined ? `${seen} + ${real((step.shift ?? 0) * step.seen)}` : blend(seen, target, step.seen);
        seen = applied(step, seen, followed, condition);
      }
      truth = applied(step, truth, next, condition);
    } else if (step.kind === 'hidden') {
      const condition = `${draws.uniform(streams.hidden)} < ${real(step.share)}`;
      truth = applied(step, truth, `${truth} + ${real(step.shift)}`, condition);
      seen = applied(step, seen, `${seen} + ${real(step.shift * step.seen)}`, condition);
    }
  }
  const own = sd === 0 ? '0e0' : `${featureSum(world)} + ${real(scenario.noise)} * ${draws.normal(streams.noise)}`;
  return [
    [`${own} + ${dayEffect(world)} AS own`],
    [`own + ${truth} AS truth_logit`, `own + ${seen} AS seen_logit`],
    [
      `${draws.uniform(streams.right)} < greatest(${real(floor)}, 1 / (1 + exp(-truth_logit))) AS correct`,
      `greatest(${real(floor)}, 1 / (1 + exp(-seen_logit))) AS confidence`,
      `${predictedClass(world)} AS guess`,
    ],
    [
      `${scenario.task === 'binary' ? 'CASE WHEN guess = 1 THEN confidence ELSE 1 - confidence END' : 'confidence'} AS score`,
      `CASE WHEN correct THEN guess ELSE ${otherClass(world)} END AS truth`,
      'NOT correct AS wrong',
    ],
  ];
}

const blend = (from: string, to: string, share: number) =>
  share === 1 ? to : `(${real(1 - share)} * (${from}) + ${real(share)} * (${to}))`;

/** Each value of the second segment has classes of its own; the prediction follows them whether right or wrong. */
function predictedClass({ scenario, draws }: World): string {
  const kind = scenario.segments.length > 1 ? 's1' : 's0';
  const uniform = draws.uniform(streams.truth);
  if (scenario.task === 'binary') return `(${uniform} < 0.2e0 + 0.04e0 * (${kind} % 7))::INTEGER`;
  const count = scenario.classes.length;
  return `CASE WHEN ${uniform} < 0.6e0 THEN ${kind} % ${count} ELSE floor(pow((${uniform} - 0.6e0) / 0.4e0, 1.5e0) * ${count})::INTEGER END`;
}

function otherClass({ scenario, draws }: World): string {
  const count = scenario.task === 'binary' ? 2 : scenario.classes.length;
  return `(guess + 1 + floor(${draws.uniform(streams.wrong)} * ${count - 1})::INTEGER) % ${count}`;
}
