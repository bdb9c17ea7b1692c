import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { DatasetDetail } from '../../../../shared/model/dataset-detail.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { bytes, count, counted, dayRange } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { downloadJson } from '../../../ui/download.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import { useOpenInvestigation } from '../investigation/use-open-investigation.ts';
import { searchOf } from './compare-search.ts';
import classes from './dataset-page.module.css';
import { datasetYaml } from './dataset-yaml.ts';
import { LedgerPanel } from './ledger-panel.tsx';
import { WindowsPanel } from './windows-panel.tsx';

const Facts = ({ detail }: { detail: DatasetDetail }) => {
  const facts: [string, string][] = [
    [
      'Task',
      `${detail.spec.task}${detail.spec.task === 'regression' ? '' : `, ${counted(detail.classes.length, 'class', 'classes')}`}`,
    ],
    ['Days', `${dayRange(detail.firstDay, detail.lastDay)} (${detail.spec.timezone})`],
    ['Predictions', count(detail.sizes.predictions)],
    ['With a label', count(detail.sizes.labelled)],
    [
      'Label times',
      detail.hasLabelTimes ? 'yes: latency and maturity are measured' : 'no: label latency is not measurable',
    ],
    ['Scores', detail.hasScores ? 'yes' : 'no: calibration and score drift are not measurable'],
    ['Segments', detail.segments.length > 0 ? detail.segments.map(visibleText).join(', ') : 'none declared'],
    ['Versions', detail.versions.length > 0 ? detail.versions.map(visibleText).join(', ') : 'none recorded'],
    ['Features', count(detail.features.length)],
    [
      'Cache',
      detail.sizes.cacheBytes === null ? 'unknown: the file could not be read' : bytes(detail.sizes.cacheBytes),
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>SHA-256</dt>
        <dd>
          <code title={detail.summary.sha256}>{detail.summary.sha256.slice(0, 16)}…</code>
        </dd>
      </div>
    </dl>
  );
};

/** The windows, and the two ways on: the guided investigation, or everything on one page. */
const Compare = ({ detail }: { detail: DatasetDetail }) => {
  const dataset = detail.summary.id;
  const navigate = useNavigate();
  const search = useSearch({ from: '/accuracy/d/$dataset' });
  const { run, open, reset } = useOpenInvestigation();
  // Going back finds the windows as they were compared.
  const keep = (request: CompareRequest) =>
    navigate({ to: '/accuracy/d/$dataset', params: { dataset }, search: searchOf(request), replace: true });
  return (
    <>
      <WindowsPanel
        detail={detail}
        search={search}
        title="Compare the two windows"
        {...(run.status === 'running' ? { busy: 'an investigation is being opened' } : {})}
        onCompare={(request) => void keep(request).then(() => open(request))}
        other={{
          id: 'result-only',
          title: 'Result on one page',
          run: (request) =>
            void keep(request).then(() =>
              navigate({ to: '/accuracy/d/$dataset/result', params: { dataset }, search: searchOf(request) }),
            ),
        }}
      />
      {run.status === 'running' ? (
        <ProgressView
          title="Comparing the two windows and collecting the evidence"
          progress={run.progress}
          startedAt={run.startedAt}
          onCancel={run.cancel}
          cancelNote="Nothing is kept of an unfinished comparison."
        />
      ) : null}
      {run.status === 'failed' ? (
        <ErrorState title="The windows could not be compared" error={run.error} onRetry={reset} />
      ) : null}
    </>
  );
};

export const DatasetPage = () => {
  const { dataset } = useParams({ from: '/accuracy/d/$dataset' });
  const client = useClient();
  const detail = useQuery({ queryKey: ['dataset', dataset], queryFn: () => client.datasets.get({ dataset }) });
  const trail = 'Accuracy: the dataset and its windows';

  if (detail.isError) {
    return (
      <>
        <PageHeader title={visibleText(dataset)} trail={trail} />
        <ErrorState
          title="The dataset could not be opened"
          error={detail.error}
          onRetry={() => void detail.refetch()}
          actions={
            <Button variant="default" component={Link} to="/">
              Go to start
            </Button>
          }
        />
      </>
    );
  }
  if (!detail.data) {
    return (
      <>
        <PageHeader title={visibleText(dataset)} trail={trail} />
        <LoadingState what="the row ledger and the timeline" height={320} />
      </>
    );
  }
  const { summary, spec } = detail.data;
  return (
    <>
      <PageHeader title={visibleText(summary.name)} trail={trail}>
        {counted(summary.ledger.joined, 'labelled prediction')} ready to be compared. Fix the windows and the tolerance
        first; only then look.
      </PageHeader>
      <div className={classes.column}>
        <Compare detail={detail.data} />
        <div className={classes.layout}>
          <LedgerPanel ledger={summary.ledger} keep={spec.keep} name={summary.name} />
          <Panel
            title="Dataset"
            inspect={<pre className={classes.yaml}>{datasetYaml(spec)}</pre>}
            exports={[{ label: 'Dataset as JSON', run: () => downloadJson(`${summary.id}.json`, detail.data) }]}
          >
            <Facts detail={detail.data} />
          </Panel>
        </div>
      </div>
    </>
  );
};
