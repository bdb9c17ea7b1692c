import { Button } from '@mantine/core';
import { Fragment, memo, type ReactNode, useMemo, useRef } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { dayRange } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { fileStem } from '../../../evidence/evidence.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { downloadJson } from '../../../ui/download.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { useParts } from '../../../ui/use-parts.ts';
import { useOpenInvestigation } from '../investigation/use-open-investigation.ts';
import columns from './columns.module.css';
import { DriftPanel } from './drift-panel.tsx';
import { ExplanationPanel } from './explanation-panel.tsx';
import { FeatureDriftPanel } from './feature-drift-panel.tsx';
import { LatencyPanel } from './latency-panel.tsx';
import { LedgerPanel } from './ledger-panel.tsx';
import { MetricsPanel } from './metrics-panel.tsx';
import { ReliabilityPanel } from './reliability-panel.tsx';
import classes from './result-page.module.css';
import { ResultSkeleton } from './result-skeleton.tsx';
import { isPicked, type Selection, useFollowingSelection } from './route-selection.ts';
import { ScoreDistributionPanel } from './score-distribution-panel.tsx';
import { SegmentsPanel } from './segments-panel.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { SelectionPanel } from './selection-panel.tsx';
import { chunkNames, SeriesPanel } from './series-panel.tsx';
import { useBehindExplanation, useEarlyExplanation, usePreparedSelections } from './use-explanation.ts';
import { useJobQuery } from './use-job-query.ts';
import { useSeries, useSlices } from './use-picked.ts';
import { VerdictPanel } from './verdict-panel.tsx';
import { WaterfallPanel } from './waterfall-panel.tsx';

// Each is drawn again only when what it shows has changed: one pick changes what is shown several times, part by part.
const Verdict = memo(VerdictPanel);
const Segments = memo(SegmentsPanel);
const WhatIsDifferent = memo(SelectionPanel);
const Drift = memo(DriftPanel);
const Explained = memo(ExplanationPanel);
const ScoreDistribution = memo(ScoreDistributionPanel);
const Waterfall = memo(WaterfallPanel);
const Metrics = memo(MetricsPanel);
const Reliability = memo(ReliabilityPanel);
const FeatureDrift = memo(FeatureDriftPanel);
const Latency = memo(LatencyPanel);
const Ledger = memo(LedgerPanel);

export interface ResultPageProps {
  dataset: string;
  request: CompareRequest;
}

interface AnswerProps {
  comparison: AccuracyComparison;
  request: CompareRequest;
  /** The answer was known already: nobody waits for its first part. */
  atOnce: boolean;
}

/** Parts that `Panels` draws one after the other beneath the verdict. */
const PARTS = 6;

const Answer = ({ comparison, request, atOnce }: AnswerProps) => {
  useEarlyExplanation(comparison, request);
  const selection = useFollowingSelection();
  const after = useBehindExplanation(comparison, request, selection);
  const overTime = useSeries(comparison, request, selection, after);
  const drawn = useParts(2, atOnce);
  return (
    <div className={columns.column}>
      <Verdict comparison={comparison} request={request} />
      {drawn > 1 ? (
        <Panels comparison={comparison} request={request} selection={selection} overTime={overTime} atOnce={atOnce} />
      ) : null}
    </div>
  );
};

interface PanelsProps {
  comparison: AccuracyComparison;
  request: CompareRequest;
  selection: Selection;
  overTime: ReturnType<typeof useSeries>;
  atOnce: boolean;
}

/** Asks for what it shows besides the series when it is first drawn: the verdict shares its cores with nothing dear. */
const Panels = memo(({ comparison, request, selection, overTime, atOnce }: PanelsProps) => {
  const { chunk, series, behind } = overTime;
  const { byDays, inside } = useSlices(comparison, request, selection, behind);
  // The series fills the screen: what lies below its edge waits for it.
  const parts = useParts(series.status === 'running' && !atOnce ? 1 : PARTS, atOnce);
  usePreparedSelections(request, series.status === 'done' && parts === PARTS);
  const shown = { comparison: inside.comparison, request: inside.request };
  const all: Record<string, ReactNode> = {
    time: <SeriesPanel comparison={comparison} request={request} selection={selection} chunk={chunk} series={series} />,
    where: (
      <>
        <Segments comparison={byDays.comparison} request={byDays.request} />
        <SelectionBar selection={selection} slice={inside} explained />
        {isPicked(selection) ? (
          <WhatIsDifferent comparison={comparison} request={request} selection={selection} />
        ) : null}
      </>
    ),
    kind: (
      <div className={columns.pair} data-wide="right">
        <Drift
          {...shown}
          onset={comparison.onset}
          series={series.status === 'done' ? series.document : null}
          chunkName={chunkNames[chunk]}
        />
        <Explained {...shown} />
      </div>
    ),
    moved: (
      <div className={columns.pair} data-wide="right">
        <ScoreDistribution {...shown} />
        <Waterfall {...shown} />
      </div>
    ),
    sure: (
      <div className={columns.pair} data-wide="left">
        <Metrics {...shown} />
        <Reliability {...shown} />
      </div>
    ),
    rows: (
      <div className={columns.pair} data-wide="left">
        <FeatureDrift {...shown} />
        <div className={columns.column}>
          <Latency {...shown} />
          <Ledger comparison={comparison} request={request} />
        </div>
      </div>
    ),
  };
  return Object.entries(all)
    .slice(0, parts)
    .map(([name, part]) => <Fragment key={name}>{part}</Fragment>);
});
Panels.displayName = 'Panels';

/** From one page to the guided way: the same request, with a checklist, a conclusion and a report. */
const Investigate = ({ request }: { request: CompareRequest }) => {
  const { run, open, reset } = useOpenInvestigation();
  const investigate: Action = {
    id: 'investigate',
    title: 'Investigate',
    description: 'step by step, with a checklist, a conclusion and a report',
    group: 'Result',
    keys: 'i',
    ...(run.status === 'running' ? { disabled: 'the investigation is being opened' } : {}),
    run: () => (run.status === 'failed' ? reset() : void open(request)),
  };
  useActions([investigate]);
  return (
    <>
      {run.status === 'failed' ? (
        <span className={classes.fault} role="alert">
          {run.error.message}
        </span>
      ) : null}
      <ActionButton action={investigate} showKeys />
    </>
  );
};

/** The answer, read from top to bottom: what, since when, where, of what kind, how sure, from which rows. */
export const ResultPage = ({ dataset, request }: ResultPageProps) => {
  const client = useClient();
  const key = useMemo(() => ['comparison', request], [request]);
  const comparison = useJobQuery(key, () => client.accuracy.compare(request));
  const document = comparison.status === 'done' ? comparison.document : null;
  const waited = useRef<unknown>(null);
  if (comparison.status === 'running') waited.current = key;
  const name = document?.dataset.name ?? dataset;
  return (
    <>
      <PageHeader
        title={<bdi>{visibleText(name)}</bdi>}
        actions={
          document ? (
            <>
              <Button
                variant="default"
                leftSection={<Icon name="download" />}
                onClick={() => downloadJson(`${fileStem(name, 'comparison')}.json`, document)}
              >
                Save result as JSON
              </Button>
              <Investigate request={request} />
            </>
          ) : null
        }
      >
        {dayRange(request.reference.from, request.reference.to)} as reference, against{' '}
        {dayRange(request.current.from, request.current.to)}
        {request.within && Object.keys(request.within).length > 0 ? (
          <>
            {' '}
            within <SegmentLabel segment={request.within} />
          </>
        ) : null}
      </PageHeader>
      {comparison.status === 'running' ? (
        <>
          <ProgressView
            title="Comparing the two windows"
            progress={comparison.progress}
            startedAt={comparison.startedAt}
            onCancel={comparison.cancel}
            cancelNote="Nothing is kept of an unfinished comparison."
          />
          <ResultSkeleton />
        </>
      ) : null}
      {comparison.status === 'failed' ? (
        <ErrorState title="The windows could not be compared" error={comparison.error} onRetry={comparison.retry} />
      ) : null}
      {comparison.status === 'cancelled' ? (
        <EmptyState
          title="The comparison was cancelled"
          actions={
            <Button variant="default" onClick={comparison.retry}>
              Compare again
            </Button>
          }
        >
          Nothing was kept. Compare again, or go back and choose shorter windows.
        </EmptyState>
      ) : null}
      {document ? <Answer comparison={document} request={request} atOnce={waited.current !== key} /> : null}
    </>
  );
};
