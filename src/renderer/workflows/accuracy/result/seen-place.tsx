import { toWorkbenchError } from '../../../../shared/fault.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import type { SeenAnswer } from './use-when-seen.ts';

/** Where an answer will stand that is asked for when this is seen. */
export const SeenPlace = ({
  answer,
  what,
  height,
}: {
  answer: Omit<SeenAnswer<unknown>, 'document'>;
  what: string;
  height: number;
}) => (
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
