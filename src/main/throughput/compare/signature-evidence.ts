import { decimal } from '../../../shared/units.ts';
import { mean } from '../../statistics/sample.ts';
import type { StepId } from '../checklist-step.ts';
import type { CauseEvidence } from './evidence.ts';
import { thresholds as t } from './thresholds.ts';
import type { WorkloadRole } from './workload-role.ts';

/** How one workload's speed changed: candidate over baseline, below 1 is slower. */
export interface WorkloadSpeed {
  workload: string;
  role: WorkloadRole | null;
  precision: string | null;
  speed: number;
  /** The interval excludes that nothing changed. */
  told: boolean;
}

type Found = { id: string; text: string; steps: Partial<Record<StepId, number>> };

const isDown = ({ speed, told }: WorkloadSpeed): boolean => told && speed < t.fallen;
const isFlat = (one: WorkloadSpeed): boolean => !isDown(one) && one.speed > t.fallen && one.speed < 1 / t.fallen;

/** Typical speed of some workloads. */
const together = (some: readonly WorkloadSpeed[]): number => Math.exp(mean(some.map(({ speed }) => Math.log(speed))));

/** Two falls are alike when neither is more than a third deeper than the other. */
const alike = (a: number, b: number): boolean => {
  const [x, y] = [Math.log(a), Math.log(b)];
  return x < 0 && y < 0 && Math.abs(x - y) <= Math.max(-x, -y) / 3;
};

const printed = (some: readonly WorkloadSpeed[]): string =>
  some
    .map(
      ({ workload, precision, speed }) =>
        `${[workload, precision ?? ''].filter(Boolean).join(' ')} ${decimal(speed, 3)}`,
    )
    .join(', ');

/** Patterns of a set of reference workloads, the first that fits of those that exclude each other. */
const pattern = (speeds: readonly WorkloadSpeed[]): Found | null => {
  const of = (...roles: WorkloadRole[]) => speeds.filter(({ role }) => role !== null && roles.includes(role));
  const [compute, memory, chain, probe, link] = [of('compute'), of('memory'), of('chain'), of('probe'), of('link')];
  const down = speeds.filter(isDown);
  const allDown = (some: readonly WorkloadSpeed[]) => some.length > 0 && some.every(isDown);
  const allFlat = (some: readonly WorkloadSpeed[]) => some.length > 0 && some.every(isFlat);
  const rest = (some: readonly WorkloadSpeed[]) => speeds.filter((one) => !some.includes(one));
  const text = (what: string) => `${what}: ${printed(speeds)}`;
  const linkDown = link.filter((one) => isDown(one) && one.speed < t.linkRatio);
  if (linkDown.length > 0 && allFlat(rest(link)))
    return {
      id: 'link-only',
      text: text(`copies to or from the host fell below ${t.linkRatio}, all else is flat`),
      steps: { pcie: 0.6, host: 0.2 },
    };
  if (allDown(chain) && allFlat(rest(chain)))
    return {
      id: 'chain-only',
      text: text('only the chain of small launches fell'),
      steps: { host: 0.55, software: 0.2 },
    };
  const triad = memory.filter((one) => isDown(one) && one.speed < t.triadRatio);
  if (triad.length > 0 && allFlat(compute))
    return {
      id: 'memory-only',
      text: text(`memory-bound work fell below ${t.triadRatio}, gemm is flat`),
      steps: { 'memory-health': 0.6 },
    };
  if (allDown(compute) && allFlat(memory)) {
    const like = probe.length > 0 && alike(together(compute), together(probe));
    const steps = { 'clock-under-load': like ? 0.6 : 0.35, power: 0.3, thermal: 0.3, 'locks-and-states': 0.3 };
    if (like) return { id: 'core-clock', text: text('gemm and the clock probe fell alike, triad is flat'), steps };
    if (allFlat(probe))
      return {
        id: 'compute-only',
        text: text('gemm fell, triad and the clock probe are flat'),
        steps: { software: 0.4 },
      };
    return { id: 'compute-fell', text: text('gemm fell, triad is flat'), steps };
  }
  const others = rest(probe);
  if (others.length >= 2 && allDown(others) && others.every(({ speed }) => alike(speed, together(others)))) {
    if (allFlat(probe))
      return {
        id: 'one-factor',
        text: text('all fell by one factor, the clock probe is flat'),
        steps: { 'co-tenants': 0.55 },
      };
    if (allDown(probe))
      return {
        id: 'everything',
        text: text('all fell by one factor, the clock probe with them'),
        steps: { 'clock-under-load': 0.4, 'co-tenants': 0.3 },
      };
  }
  return down.length > 0 ? precisionOnly(speeds, down) : null;
};

/** One precision fell, at least one other that was compared did not. */
const precisionOnly = (speeds: readonly WorkloadSpeed[], down: readonly WorkloadSpeed[]): Found | null => {
  const [precision, ...more] = [...new Set(down.map((one) => one.precision))];
  if (precision == null || more.length > 0) return null;
  const own = speeds.filter((one) => one.precision === precision);
  const others = speeds.filter((one) => one.precision !== null && one.precision !== precision);
  if (others.length === 0 || !own.every(isDown) || !others.every(isFlat)) return null;
  return { id: 'one-precision', text: `only ${precision} fell: ${printed(speeds)}`, steps: { software: 0.6 } };
};

/** What the set of workloads that fell, and those that did not, points to. Needs at least two workloads. */
export const signatureEvidence = (speeds: readonly WorkloadSpeed[]): CauseEvidence[] => {
  const found = speeds.length < 2 ? null : pattern(speeds);
  if (!found) return [];
  return (Object.entries(found.steps) as [StepId, number][]).map(([step, weight]) => ({
    step,
    family: 'signature',
    // One id a step: the same text stands under each step that it points to.
    id: `signature.${found.id}.${step}`,
    text: found.text,
    weight,
  }));
};
