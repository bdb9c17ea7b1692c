import type { Estimate } from '../../shared/model/estimate.ts';

/**
 * current - reference of two independent estimates of any kind, from their own intervals by square-and-add (MOVER; Zou & Donner
 * 2008, of which Newcombe's interval is the case for shares). Both must carry the same level; asymmetry is kept.
 */
export function moverDifference(current: Estimate, reference: Estimate, method = 'mover@1'): Estimate {
  const n = Math.min(current.n, reference.n);
  const level = current.level;
  const missing = (reason: string): Estimate => ({ value: null, low: null, high: null, level, n, method, reason });
  if (current.value === null) return missing(`current: ${current.reason ?? 'unknown'}`);
  if (reference.value === null) return missing(`reference: ${reference.reason ?? 'unknown'}`);
  const value = current.value - reference.value;
  if (current.low === null || current.high === null || reference.low === null || reference.high === null) {
    const reason = current.reason ?? reference.reason ?? 'a side has no interval';
    return { value, low: null, high: null, level, n, method, reason };
  }
  return {
    value,
    low: value - Math.hypot(current.value - current.low, reference.high - reference.value),
    high: value + Math.hypot(current.high - current.value, reference.value - reference.low),
    level,
    n,
    method,
  };
}
