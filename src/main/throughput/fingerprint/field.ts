import { canonicalJson } from '../../../shared/canonical-json.ts';
import type { FingerprintValue } from '../../../shared/model/throughput-run.ts';
import { sha256 } from '../../platform/hash.ts';

export type FingerprintFields = Record<string, FingerprintValue>;

export const unknown = (reason: string): FingerprintValue => ({ value: null, reason });

/** A text as a field; an empty one says nothing. */
export const knownText = (text: string | null | undefined, reason: string): FingerprintValue =>
  text === null || text === undefined || text.trim() === '' ? unknown(reason) : text.trim();

export const isKnown = (value: FingerprintValue | undefined): value is string | number | boolean =>
  value !== undefined && typeof value !== 'object';

/** What may differ between two runs of one unchanged machine: shown and compared, but never part of the hash. */
const volatileFields: ReadonlySet<string> = new Set([
  'co_tenants',
  'gpu_memory_used_mib',
  'power_supply',
  'recovery_action',
  'remapped_rows_pending',
]);

/**
 * SHA-256 over the canonical JSON of the known fields that are not volatile. Equal hashes mean that nothing known
 * differs; what is unknown on both sides is not made equal by that.
 */
export const fingerprintHash = (fields: FingerprintFields): string =>
  sha256(
    canonicalJson(
      Object.fromEntries(Object.entries(fields).filter(([name, value]) => isKnown(value) && !volatileFields.has(name))),
    ),
  );
