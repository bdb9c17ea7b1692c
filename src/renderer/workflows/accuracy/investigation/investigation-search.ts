import { z } from 'zod';
import { Segment } from '../../../../shared/model/comparison.ts';

/** What a person picked on the pages of an investigation; an odd value in an address is no reason for an error page. */
export const InvestigationSearch = z.object({
  segment: Segment.optional().catch(undefined),
  chunk: z.enum(['1d', '1w', '1mo']).optional().catch(undefined),
  metric: z.string().optional().catch(undefined),
  /** Days picked on a chart over time. */
  days: z.string().optional().catch(undefined),
  errors: z.boolean().optional().catch(undefined),
  /** Shows the items of the checklist that a symptom leads to. */
  symptom: z.string().optional().catch(undefined),
  /** The open item of the checklist. */
  item: z.string().optional().catch(undefined),
  history: z.boolean().optional().catch(undefined),
});
export type InvestigationSearch = z.infer<typeof InvestigationSearch>;

/** What stays picked when another step is opened. */
export const carried = ({ segment, chunk, days }: InvestigationSearch): InvestigationSearch => ({
  ...(segment ? { segment } : {}),
  ...(chunk ? { chunk } : {}),
  ...(days ? { days } : {}),
});
