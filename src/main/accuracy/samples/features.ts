import { streams } from './noise.ts';
import { real } from './real.ts';
import { applied } from './scenario.ts';
import { placeCondition, rounded, type World } from './world.ts';

/** SQL of the standard normal x<k> behind each feature. */
export function latentFeatures(world: World, shiftOf: (index: number) => string = () => '0e0'): string[] {
  const { scenario, draws } = world;
  return scenario.features.map((_, index) => {
    return `${draws.normal(streams.feature(index), index % 2 === 1)} + ${shiftOf(index)} AS x${index}`;
  });
}

/** SQL of what the features add to the logit of being right (or to the value). */
export function featureSum(world: World): string {
  const terms = world.scenario.features.flatMap(({ effect }, index) => (effect ? [`${real(effect)} * x${index}`] : []));
  return ['0e0', ...terms].join(' + ');
}

/** SQL of the features as exported: scaled, moved by drift and shifts, null where a fault says so. */
export function exportedFeatures(world: World): string[] {
  const { scenario, draws } = world;
  return scenario.features.map((feature, index) => {
    const steps = scenario.interventions.filter((step) => 'feature' in step && step.feature === feature.name);
    // Inputs differ between segments, as they do in life; what the model makes of them does not.
    let latent = scenario.segments.length > 1 ? `x${index} + 0.3e0 * cos(${index + 1} * (s1 + 1))` : `x${index}`;
    for (const step of steps) {
      if (step.kind === 'shift') latent = applied(step, latent, `${latent} + ${real(step.by)}`);
      else if (step.kind === 'drift')
        latent = applied(step, latent, `${latent} + ${real(step.perDay)} * (day - ${step.from})`);
    }
    const scaled = `${real(feature.mean)} + ${real(feature.sd)} * (${latent})`;
    let exported = rounded(feature.shape === 'lognormal' ? `exp(${scaled})` : scaled, 3);
    for (const step of steps) {
      if (step.kind !== 'null') continue;
      const hit = `${placeCondition(scenario, step.where)} AND ${draws.uniform(streams.null)} < ${real(step.share)}`;
      exported = applied(step, exported, 'NULL', hit);
    }
    return `${exported} AS f${index}`;
  });
}
