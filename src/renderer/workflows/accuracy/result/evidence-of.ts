import { compareCommand } from '../../../../shared/commands.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { segmentText } from '../../../../shared/segment-text.ts';
import { count, dayRange, instant } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { answerTime } from '../../../evidence/answer-times.ts';
import type { Evidence } from '../../../evidence/evidence.ts';

/** Where the numbers of a comparison come from, for pictures that leave the page. */
export const captionOf = (comparison: AccuracyComparison, request: CompareRequest): string => {
  const { reference, current } = comparison.windows;
  const within = Object.keys(request.within ?? {}).length > 0 ? `, within ${segmentText(request.within ?? {})}` : '';
  return visibleText(
    `${comparison.dataset.name}${within}: reference ${dayRange(reference.from, reference.to)}, current ${dayRange(current.from, current.to)}; labels as of ${instant(comparison.asOf)}`,
  );
};

/** Evidence of one part of a comparison, or of another document beside it. */
export const evidenceOf = (
  comparison: AccuracyComparison,
  request: CompareRequest,
  part: { pointer: string; json: unknown; methods: readonly string[]; n?: string; document?: object },
): Evidence => {
  const { reference, current } = comparison.windows;
  const document = part.document ?? comparison;
  return {
    document,
    json: part.json,
    pointer: part.pointer,
    methods: part.methods,
    n:
      part.n ??
      `${count(reference.labelled)} labelled of ${count(reference.predictions)} in the reference, ${count(current.labelled)} of ${count(current.predictions)} in the current window`,
    caption: captionOf(comparison, request),
    answeredMs: answerTime(document),
    command: compareCommand(comparison, request),
    hashes: [{ name: 'dataset', value: comparison.dataset.sha256 }],
  };
};
