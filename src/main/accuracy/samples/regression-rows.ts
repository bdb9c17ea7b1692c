import { featureSum } from './features.ts';
import { streams } from './noise.ts';
import { real } from './real.ts';
import { applied } from './scenario.ts';
import { dayEffect, effectSum, placeCondition, rounded, type World } from './world.ts';

/** A positive quantity (minutes): the prediction is the segment's and features' product, the outcome that times noise. */
export function regressionLayers(world: World): string[][] {
  const { scenario, draws } = world;
  let scale = real(scenario.noise);
  let bias = '0e0';
  for (const step of scenario.interventions) {
    if (step.kind !== 'error') continue;
    const condition = placeCondition(scenario, step.where);
    scale = applied(step, scale, `${real(step.scale)} * (${scale})`, condition);
    bias = applied(step, bias, `${real(step.bias)} + (${bias})`, condition);
  }
  const spread = `${dayEffect(world)} + (${scale}) * ${draws.normal(streams.spread)}`;
  return [
    [`${rounded(`exp(3.2e0 + ${effectSum(world)} + ${featureSum(world)})`, 2)} AS guess`],
    [
      `${rounded(`greatest(0.5e0, guess * (1 + ${spread}) + ${bias})`, 2)} AS truth`,
      'NULL::DOUBLE AS score',
      'false AS wrong',
    ],
  ];
}
