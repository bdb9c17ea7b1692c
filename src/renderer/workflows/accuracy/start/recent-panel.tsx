import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { InvestigationSummary } from '../../../../shared/model/investigation.ts';
import type { RecentAnalysis, RecentDataset, RecentWork } from '../../../../shared/model/recent.ts';
import { count, dayRange, instant } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { type Action, useActions } from '../../../ui/actions.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { VerdictBadge } from '../../../ui/verdict-badge.tsx';
import { searchOf } from '../import/compare-search.ts';
import classes from './recent-panel.module.css';

const Analyses = ({ analyses }: { analyses: readonly RecentAnalysis[] }) => (
  <Panel title="Recent analyses" flush>
    {analyses.length === 0 ? (
      <p className={classes.none}>None yet. Open a dataset and compare two windows.</p>
    ) : (
      <ul className={classes.list}>
        {analyses.map((analysis) => (
          <li key={`${analysis.artifact} ${analysis.at}`}>
            <Link
              className={classes.entry}
              to="/accuracy/d/$dataset/result"
              params={{ dataset: analysis.dataset.id }}
              search={searchOf(analysis.request)}
            >
              <span className={classes.verdict}>
                <VerdictBadge verdict={analysis.verdict} />
              </span>
              <span className={classes.words}>
                <b>{visibleText(analysis.dataset.name)}</b>
                <span className={classes.quiet}>
                  {dayRange(analysis.request.current.from, analysis.request.current.to)} against{' '}
                  {dayRange(analysis.request.reference.from, analysis.request.reference.to)}
                </span>
                <span className={classes.summary} title={visibleText(analysis.summary)}>
                  {visibleText(analysis.summary)}
                </span>
              </span>
              <time className={classes.when} dateTime={analysis.at}>
                {instant(analysis.at)}
              </time>
            </Link>
          </li>
        ))}
      </ul>
    )}
  </Panel>
);

const Investigations = ({ investigations }: { investigations: readonly InvestigationSummary[] }) => (
  <Panel title="Recent investigations" flush>
    {investigations.length === 0 ? (
      <p className={classes.none}>None yet. Open a dataset, fix the two windows and compare them.</p>
    ) : (
      <ul className={classes.list}>
        {investigations.map((investigation) => (
          <li key={investigation.id}>
            <Link
              className={classes.entry}
              to="/accuracy/i/$investigation/real"
              params={{ investigation: investigation.id }}
            >
              <span className={classes.verdict}>
                <VerdictBadge verdict={investigation.verdict} />
              </span>
              <span className={classes.words}>
                <b>{visibleText(investigation.title)}</b>
                <span className={classes.quiet}>
                  <Icon name={investigation.concluded ? 'check' : 'provisional'} size={11} />{' '}
                  {investigation.concluded ? 'concluded' : 'not concluded'}
                </span>
                <span className={classes.summary} title={visibleText(investigation.summary)}>
                  {visibleText(investigation.summary)}
                </span>
              </span>
              <time className={classes.when} dateTime={investigation.changedAt}>
                {instant(investigation.changedAt)}
              </time>
            </Link>
          </li>
        ))}
      </ul>
    )}
  </Panel>
);

const Datasets = ({ datasets }: { datasets: readonly RecentDataset[] }) => (
  <Panel title="Recent datasets" flush>
    <ul className={classes.list}>
      {datasets.map((dataset) => (
        <li key={dataset.id}>
          <Link className={classes.entry} to="/accuracy/d/$dataset" params={{ dataset: dataset.id }}>
            <span className={classes.words}>
              <b>{visibleText(dataset.name)}</b>
              <span className={classes.quiet}>{count(dataset.rows)} predictions</span>
              <span className={classes.summary} title={visibleText(dataset.source)}>
                {visibleText(dataset.source)}
              </span>
            </span>
            <time className={classes.when} dateTime={dataset.importedAt}>
              {instant(dataset.importedAt)}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  </Panel>
);

const useRecentActions = (recent: RecentWork | undefined, investigations: readonly InvestigationSummary[]) => {
  const navigate = useNavigate();
  const opened = investigations.slice(0, 9).map(
    (investigation): Action => ({
      id: `investigation-${investigation.id}`,
      title: `Continue ${visibleText(investigation.title)}`,
      description: `investigation, ${investigation.concluded ? 'concluded' : 'not concluded'}, changed ${instant(investigation.changedAt)}`,
      group: 'Recent',
      run: () => void navigate({ to: '/accuracy/i/$investigation/real', params: { investigation: investigation.id } }),
    }),
  );
  const actions = (recent?.datasets ?? []).slice(0, 9).map(
    (dataset): Action => ({
      id: `dataset-${dataset.id}`,
      title: `Open ${visibleText(dataset.name)}`,
      description: `dataset, imported ${instant(dataset.importedAt)}`,
      group: 'Recent',
      run: () => void navigate({ to: '/accuracy/d/$dataset', params: { dataset: dataset.id } }),
    }),
  );
  useActions([...opened, ...actions]);
};

export const RecentPanel = () => {
  const client = useClient();
  const recent = useQuery({ queryKey: ['recent'], queryFn: () => client.recent.list({}), staleTime: 0 });
  const investigations = useQuery({
    queryKey: ['investigations'],
    queryFn: () => client.investigations.list({}),
    staleTime: 0,
  });
  useRecentActions(recent.data, investigations.data ?? []);
  if (recent.isError) {
    return (
      <ErrorState title="Recent work could not be listed" error={recent.error} onRetry={() => void recent.refetch()} />
    );
  }
  if (!recent.data) return <LoadingState what="recent work" height={120} />;
  if (recent.data.datasets.length === 0) {
    return (
      <EmptyState title="No work yet in this workspace">
        Drop a folder above, or open the first sample incident: it takes some seconds and needs no files. Datasets and
        analyses then appear here with their dates.
      </EmptyState>
    );
  }
  return (
    <div className={classes.sections}>
      {investigations.isError ? (
        <ErrorState
          title="The investigations could not be listed"
          error={investigations.error}
          onRetry={() => void investigations.refetch()}
        />
      ) : investigations.data ? (
        <Investigations investigations={investigations.data} />
      ) : (
        <LoadingState what="recent investigations" height={80} />
      )}
      <div className={classes.pair}>
        <Analyses analyses={recent.data.analyses} />
        <Datasets datasets={recent.data.datasets} />
      </div>
    </div>
  );
};
