import type { Cycles } from '../../../shared/model/throughput-comparison.ts';
import { decimal } from '../../../shared/units.ts';
import { cycleArgument } from '../../statistics/cycle-space.ts';
import type { CauseEvidence } from './evidence.ts';
import { thresholds as t } from './thresholds.ts';

export interface ClockWitness {
  ratio: number | null;
  /** Where it comes from; why there is none. */
  from: string;
}

const meaning = {
  frequency: 'the clock fell and an item takes no more cycles: power, heat or a lock, not the software',
  cycles: 'the clock is the same and an item takes more cycles: software, memory or contention',
  both: 'the clock fell and an item takes more cycles as well',
  neither: 'neither the clock nor the cycles of an item moved',
} as const;

/**
 * Time x clock: whether a slowdown lives in the clock or in the cycles that an item takes.
 * @param bound false for work that does not keep step with the core clock (memory, launches, copies): its numbers are given and point to nothing.
 */
export const cyclesOf = (
  clock: ClockWitness,
  timeRatio: number | null,
  bound: boolean,
): { cycles: Cycles; evidence: CauseEvidence[] } => {
  const { ratio: clockRatio, from } = clock;
  if (clockRatio === null || timeRatio === null) {
    const text = `not known: ${clockRatio === null ? from : 'no ratio of times'}`;
    return { cycles: { clockRatio, timeRatio, text }, evidence: [] };
  }
  const { cycles, kind } = cycleArgument(clockRatio, timeRatio, t.cycles - 1);
  const numbers = `clock ratio ${decimal(clockRatio, 3)} (${from}) x time ratio ${decimal(timeRatio, 3)} = ${decimal(cycles, 3)} of the cycles`;
  if (!bound) {
    const unbound = `nothing follows, this work is not bound to the core clock: ${numbers}`;
    return { cycles: { clockRatio, timeRatio, text: unbound }, evidence: [] };
  }
  const text = `${meaning[kind]}: ${numbers}`;
  const slower = timeRatio > t.cycles;
  const evidence: CauseEvidence[] = [];
  if (slower && (kind === 'frequency' || kind === 'both'))
    evidence.push({ step: 'clock-under-load', family: 'cycles', id: 'cycles.clock', text, weight: 0.5 });
  if (slower && (kind === 'cycles' || kind === 'both'))
    evidence.push({
      step: 'software',
      family: 'cycles',
      id: 'cycles.cycles',
      text,
      weight: kind === 'both' ? 0.25 : 0.45,
    });
  return { cycles: { clockRatio, timeRatio, text }, evidence };
};
