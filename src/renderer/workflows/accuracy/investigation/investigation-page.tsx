import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useParams, useRouterState, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { worstSegment } from '../../../../shared/accuracy-words.ts';
import type { Segment } from '../../../../shared/model/comparison.ts';
import type { Investigation, InvestigationDocuments } from '../../../../shared/model/investigation.ts';
import type { AccuracySeries } from '../../../../shared/model/series.ts';
import { suitableChunk } from '../../../../shared/series-chunk.ts';
import { StatementsProvider, statementsByDocument } from '../../../evidence/statements.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { seriesRequest } from '../result/series-request.ts';
import { HistoryDrawer } from './history-drawer.tsx';
import { InvestigationProvider } from './investigation-context.ts';
import { InvestigationSearch } from './investigation-search.ts';
import { PinnedBar } from './pinned-bar.tsx';
import { stepOfPath } from './step-address.ts';
import { StepRail } from './step-rail.tsx';
import { useDocuments, useFollow, useInvestigation, useStatements } from './use-investigation.ts';
import { useStepActions } from './use-step-actions.ts';

const ToStart = () => (
  <Button variant="default" component={Link} to="/">
    Go to start
  </Button>
);

/**
 * What was computed when the investigation was opened need not be computed again to be drawn. Gives the documents as the panels get
 * them: of two that are equal the cache keeps the one it had.
 */
const useSeededSeries = (
  investigation: Investigation,
  documents: InvestigationDocuments,
): Record<keyof InvestigationDocuments, object | null> => {
  const queries = useQueryClient();
  return useMemo(() => {
    const { comparison, timeline, series, segmentSeries } = documents;
    const { request } = investigation;
    const worst = worstSegment(comparison)?.segment ?? null;
    const seeded = (document: AccuracySeries, segment: Segment): AccuracySeries => {
      const chunk = suitableChunk(comparison, segment);
      if (document.chunk !== chunk) return document;
      const key = ['series', seriesRequest(comparison, request, segment, chunk)];
      return queries.setQueryData<AccuracySeries>(key, document) ?? document;
    };
    queries.setQueryData(['timeline', request.dataset, comparison.asOf], timeline);
    return {
      comparison,
      timeline,
      series: seeded(series, {}),
      segmentSeries: segmentSeries && worst ? seeded(segmentSeries, worst) : null,
    };
  }, [queries, investigation, documents]);
};

const Steps = ({ investigation, documents }: { investigation: Investigation; documents: InvestigationDocuments }) => {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const raw = useSearch({ strict: false });
  const statements = useStatements(investigation);
  const drawn = useSeededSeries(investigation, documents);
  const sql = useMemo(() => statementsByDocument(drawn, statements.data ?? []), [drawn, statements.data]);
  const step = stepOfPath(pathname) ?? 'real';
  const page = useMemo(() => {
    const { comparison } = documents;
    return {
      investigation,
      documents,
      comparison,
      request: investigation.request,
      step,
      search: InvestigationSearch.parse(raw),
      place: investigation.segment ?? worstSegment(comparison)?.segment ?? null,
    };
  }, [investigation, documents, step, raw]);
  useStepActions(page);
  return (
    <InvestigationProvider value={page}>
      <StatementsProvider value={sql}>
        <PinnedBar>
          <StepRail />
        </PinnedBar>
        <Outlet />
        <HistoryDrawer />
      </StatementsProvider>
    </InvestigationProvider>
  );
};

/** The frame of all steps: what is compared stays in sight, the rail below it, the step under both. */
export const InvestigationPage = () => {
  const { investigation: id } = useParams({ from: '/accuracy/i/$investigation' });
  const investigation = useInvestigation(id);
  useFollow(id);
  if (investigation.isError) {
    return (
      <>
        <PageHeader title="Investigation" />
        <ErrorState
          title="The investigation could not be opened"
          error={investigation.error}
          onRetry={() => void investigation.refetch()}
          actions={<ToStart />}
        />
      </>
    );
  }
  return investigation.data ? <Documents key={id} investigation={investigation.data} /> : <Reading />;
};

const Reading = () => (
  <>
    <PageHeader title="Investigation" />
    <LoadingState what="the investigation and its evidence" height={320} />
  </>
);

const Documents = ({ investigation }: { investigation: Investigation }) => {
  const documents = useDocuments(investigation);
  if (documents.isError) {
    return (
      <>
        <PageHeader title={investigation.title} />
        <ErrorState
          title="The evidence of this investigation could not be read"
          error={documents.error}
          onRetry={() => void documents.refetch()}
          actions={<ToStart />}
        />
      </>
    );
  }
  return documents.data ? <Steps investigation={investigation} documents={documents.data} /> : <Reading />;
};
