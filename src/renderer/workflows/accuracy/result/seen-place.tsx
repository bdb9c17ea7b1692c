import { toWorkbenchError } from '../../../../shared/fault.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { SliceRequest } from '../../../../shared/model/request.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { evidenceOf } from './evidence-of.ts';
import type { SeenAnswer } from './use-when-seen.ts';

interface SeenPlaceProps {
  answer: Omit<SeenAnswer<unknown>, 'document'>;
  what: string;
  height: number;
}

/** Where an answer will stand that is asked for when this is seen. */
export const SeenPlace = ({ answer, what, height }: SeenPlaceProps) => (
  <div ref={answer.place}>
    {answer.error ? (
      <ErrorState
        title={`Reading ${what} did not work`}
        error={toWorkbenchError(answer.error)}
        onRetry={answer.retry}
      />
    ) : (
      <LoadingState what={what} height={height} />
    )}
  </div>
);

/** The panel of a part of the explanation until it is there. */
export const UnexplainedPanel = ({
  title,
  pointer,
  comparison,
  request,
  ...place
}: SeenPlaceProps & {
  title: string;
  pointer: string;
  comparison: AccuracyComparison;
  request: SliceRequest;
}) => (
  <EvidencePanel
    title={title}
    note={
      <>
        within <SegmentLabel segment={request.within ?? {}} />
      </>
    }
    evidence={evidenceOf(comparison, request, { pointer, json: null, methods: [] })}
  >
    <SeenPlace {...place} />
  </EvidencePanel>
);
