import { z } from 'zod';
import { Segment } from '../../../../shared/model/comparison.ts';
import { CompareRequest } from '../../../../shared/model/request.ts';
import type { WindowRange } from '../../../../shared/model/window.ts';

const Range = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$/, 'expected days such as 2026-01-01..2026-01-28');

/** A comparison as an address: everything that was fixed before looking, and nothing else. */
export const CompareSearch = z.object({
  ref: Range,
  cur: Range,
  metric: z.string().optional(),
  delta: z.number().positive().optional(),
  asOf: z.string().optional(),
  minCell: z.number().int().min(2).optional(),
  depth: z.number().int().min(1).max(3).optional(),
  seed: z.number().int().min(0).optional(),
  within: Segment.optional(),
});
export type CompareSearch = z.infer<typeof CompareSearch>;

export const rangeOf = (text: string): WindowRange => ({ from: text.slice(0, 10), to: text.slice(12) });

const textOf = ({ from, to }: WindowRange): string => `${from}..${to}`;

/** Missing settings take the defaults of the contract, so that an address means the same everywhere. */
export const requestOf = (dataset: string, { ref, cur, ...rest }: CompareSearch): CompareRequest =>
  CompareRequest.parse({ dataset, reference: rangeOf(ref), current: rangeOf(cur), ...rest });

const defaults: Record<string, unknown> = CompareRequest.parse({
  dataset: 'any',
  reference: { from: '1970-01-01', to: '1970-01-01' },
  current: { from: '1970-01-01', to: '1970-01-01' },
});

/** The address of a request; what equals a default is left out. */
export const searchOf = ({ dataset: _dataset, reference, current, ...rest }: CompareRequest): CompareSearch => ({
  ref: textOf(reference),
  cur: textOf(current),
  ...Object.fromEntries(
    Object.entries(rest).filter(([name, value]) => value !== undefined && value !== defaults[name]),
  ),
});
