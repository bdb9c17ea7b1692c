import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { ThroughputComparison } from '../../../../shared/model/throughput-comparison.ts';
import { percent } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { fileStem } from '../../../evidence/evidence.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { downloadJson } from '../../../ui/download.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import panels from '../panels.module.css';
import { useRuns } from '../run-list.ts';
import { requestOf } from '../throughput-search.ts';
import { AgainDialog } from './again-dialog.tsx';
import { CausesPanel, FingerprintDifferencePanel } from './causes-panel.tsx';
import { ChecksPanel } from './checks-panel.tsx';
import { captionOf } from './comparison-evidence.ts';
import { LevelsPanel } from './levels-panel.tsx';
import { MetricsPanel } from './metrics-panel.tsx';
import { OutcomePanel } from './outcome-panel.tsx';
import { PowerPanel, TablesPanel } from './power-panel.tsx';
import { shownPart } from './shown-part.ts';
import { WorkloadsPanel } from './workloads-panel.tsx';

const Answer = ({ comparison }: { comparison: ThroughputComparison }) => {
  const navigate = useNavigate();
  const { part: at } = useSearch({ from: '/throughput/compare' });
  const part = useMemo(() => shownPart(comparison, at), [comparison, at]);
  const [picked, setPicked] = useState<string | null>(null);
  const metric = picked !== null && part.metrics[picked] ? picked : comparison.settings.metric;
  const compared = Object.keys(part.metrics).length > 0;
  return (
    <div className={panels.page}>
      <OutcomePanel comparison={comparison} part={part} />
      {comparison.workloads.length > 1 ? (
        <WorkloadsPanel
          comparison={comparison}
          picked={part.at}
          onPick={(next) =>
            void navigate({
              to: '/throughput/compare',
              search: (before) => ({ ...before, part: next === at ? undefined : next }) as never,
              resetScroll: false,
            })
          }
        />
      ) : null}
      {comparison.tables ? <TablesPanel comparison={comparison} tables={comparison.tables} /> : null}
      {compared ? (
        <>
          <MetricsPanel comparison={comparison} part={part} picked={metric} onPick={setPicked} />
          <div className={panels.pair}>
            <LevelsPanel comparison={comparison} part={part} metric={metric} />
            <PowerPanel comparison={comparison} part={part} />
          </div>
        </>
      ) : null}
      {comparison.tables && !compared ? null : (
        <div className={panels.pair} data-wide="right">
          <CausesPanel comparison={comparison} />
          <FingerprintDifferencePanel comparison={comparison} />
        </div>
      )}
      {comparison.checks && comparison.checks.length > 0 ? (
        <ChecksPanel comparison={comparison} checks={comparison.checks} />
      ) : null}
    </div>
  );
};

const useComparison = () => {
  const client = useClient();
  const search = useSearch({ from: '/throughput/compare' });
  const runs = useRuns();
  const { data: list } = runs;
  const request = useMemo(() => (list ? requestOf(search, list) : null), [search, list]);
  const comparison = useQuery({
    queryKey: ['run-comparison', request],
    enabled: request !== null,
    queryFn: ({ signal }) => client.throughput.compare(request!, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const retry = () => void (runs.isError ? runs.refetch() : comparison.refetch());
  return { search, comparison: comparison.data ?? null, error: runs.error ?? comparison.error, retry };
};

/** Candidate runs against baseline runs: the verdict, how sure, where, and what differs between the machines. */
export const ComparisonPage = () => {
  const navigate = useNavigate();
  const { search, comparison, error, retry } = useComparison();
  const [measuring, setMeasuring] = useState(false);
  const swap: Action = {
    id: 'swap-sides',
    title: 'Swap the sides',
    group: 'Comparison',
    keys: 's',
    run: () =>
      void navigate({
        to: '/throughput/compare',
        search: { ...search, baseline: search.candidate, candidate: search.baseline, part: undefined },
      }),
  };
  const choose: Action = {
    id: 'choose-runs',
    title: 'Choose other runs',
    group: 'Comparison',
    keys: 'e',
    run: () => void navigate({ to: '/throughput', search: { baseline: search.baseline, candidate: search.candidate } }),
  };
  const again: Action = {
    id: 'compare-now',
    title: 'Compare now',
    description: 'measure the workload of the baseline again and compare',
    group: 'Comparison',
    keys: 'm',
    ...(comparison ? {} : { disabled: 'the comparison is not there yet' }),
    run: () => setMeasuring(true),
  };
  useActions([again, swap, choose]);
  return (
    <>
      <PageHeader
        title="Comparison of runs"
        trail={<Link to="/throughput">Throughput: runs</Link>}
        actions={
          <>
            {comparison ? (
              <Button
                variant="default"
                leftSection={<Icon name="download" />}
                onClick={() =>
                  downloadJson(
                    `${fileStem('run', 'comparison', comparison.baseline[0]?.workload.id ?? '')}.json`,
                    comparison,
                  )
                }
              >
                Save result as JSON
              </Button>
            ) : null}
            <ActionButton action={swap} variant="default" showKeys />
            <ActionButton action={choose} variant="default" showKeys />
            <ActionButton action={again} showKeys />
          </>
        }
      >
        {comparison ? captionOf(comparison) : `Tolerance ±${percent(search.delta ?? 0.03)}`}
      </PageHeader>
      {error ? (
        <ErrorState
          title="The runs could not be compared"
          error={error}
          next="Correct what the sentence names, or choose other runs."
          onRetry={retry}
          actions={
            <Button variant="default" onClick={choose.run}>
              Choose other runs
            </Button>
          }
        />
      ) : comparison ? (
        <>
          <Answer comparison={comparison} />
          <AgainDialog comparison={comparison} opened={measuring} onClose={() => setMeasuring(false)} />
        </>
      ) : (
        <LoadingState what={`the runs of both sides (${visibleText(search.metric ?? 'throughput')})`} height={320} />
      )}
    </>
  );
};
