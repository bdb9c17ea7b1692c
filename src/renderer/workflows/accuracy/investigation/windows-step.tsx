import { useQuery } from '@tanstack/react-query';
import type { Investigation } from '../../../../shared/model/investigation.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { useClient } from '../../../client/use-connection.ts';
import { useJob } from '../../../client/use-job.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import { searchOf } from '../import/compare-search.ts';
import { draftFrom } from '../import/windows-draft.ts';
import { metricsOf, WindowsForm } from '../import/windows-panel.tsx';
import columns from '../result/columns.module.css';
import { LatencyPanel } from '../result/latency-panel.tsx';
import { LedgerPanel } from '../result/ledger-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { StepFrame } from './step-frame.tsx';
import { useTakeOver } from './use-investigation.ts';

const Windows = () => {
  const client = useClient();
  const { investigation, request } = useInvestigationPage();
  const takeOver = useTakeOver();
  const { run, start, reset } = useJob<Investigation>(takeOver);
  const { dataset } = request;
  const detail = useQuery({ queryKey: ['dataset', dataset], queryFn: () => client.datasets.get({ dataset }) });
  if (detail.isError)
    return (
      <ErrorState title="The dataset could not be opened" error={detail.error} onRetry={() => void detail.refetch()} />
    );
  if (!detail.data) return <LoadingState what="the days of the dataset" height={260} />;
  // What the form does not show is asked for again as it was.
  const { within, depth, seed } = request;
  const compare = (wanted: CompareRequest) =>
    start('Comparing other windows', () =>
      client.investigations.compare({
        investigation: investigation.id,
        request: { ...wanted, depth, seed, ...(within ? { within } : {}) },
      }),
    );
  return (
    <>
      <Panel title="Windows" note="other windows are another comparison: conclusion and completed phases are put aside">
        <WindowsForm
          key={investigation.attachments.comparison}
          detail={detail.data}
          initial={draftFrom(searchOf(request), request, metricsOf(detail.data)[0] ?? 'accuracy')}
          title="Compare these windows instead"
          same="these windows are the ones that were compared"
          {...(run.status === 'running' ? { busy: 'the windows are being compared' } : {})}
          onCompare={(wanted) => void compare(wanted)}
        />
      </Panel>
      {run.status === 'running' ? (
        <ProgressView
          title="Comparing other windows"
          progress={run.progress}
          startedAt={run.startedAt}
          onCancel={run.cancel}
          cancelNote="The comparison that is shown stays as it is."
        />
      ) : null}
      {run.status === 'failed' ? (
        <ErrorState title="The windows could not be compared" error={run.error} onRetry={reset} />
      ) : null}
    </>
  );
};

export const WindowsStep = () => {
  const { comparison, request } = useInvestigationPage();
  return (
    <StepFrame step="windows">
      <Windows />
      <div className={columns.pair} data-wide="left">
        <LedgerPanel comparison={comparison} request={request} />
        <LatencyPanel comparison={comparison} request={request} />
      </div>
    </StepFrame>
  );
};
