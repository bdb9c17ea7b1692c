import { z } from 'zod';

export const Verdict = z.enum(['regression', 'improvement', 'no change', 'inconclusive']);
export type Verdict = z.infer<typeof Verdict>;
