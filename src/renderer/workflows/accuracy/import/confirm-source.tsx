import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { DatasetSummary, SourceProposal } from '../../../../shared/model/dataset.ts';
import { bytes, count, counted } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { useJob } from '../../../client/use-job.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import { ColumnUses } from './column-uses.tsx';
import classes from './confirm-source.module.css';
import { RoleFields } from './role-fields.tsx';
import { draftOf, gapsOf, specOf } from './source-draft.ts';
import { useDraft } from './use-draft.ts';
import { YamlPreview } from './yaml-preview.tsx';

const trail = 'Accuracy: data in';

const Tables = ({ source }: { source: SourceProposal }) => (
  <ul className={classes.tables}>
    {source.tables.map((table) => (
      <li key={table.path}>
        <Icon name="table" /> <b>{visibleText(table.path)}</b>
        <span>
          {count(table.rows)} rows, {counted(table.columns.length, 'column')}, {counted(table.files, 'file')},{' '}
          {bytes(table.bytes)}
        </span>
      </li>
    ))}
  </ul>
);

export const ConfirmSource = ({ path, source }: { path: string; source: SourceProposal }) => {
  const client = useClient();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const guess = useMemo(() => draftOf(source), [source]);
  const { draft, change, reset, changed, forget } = useDraft(path, guess);
  const job = useJob<DatasetSummary>((summary) => {
    void queries.invalidateQueries({ queryKey: ['recent'] });
    // The import wrote a dataset file: what was found before, and what was typed over it, has had its day.
    forget();
    void navigate({ to: '/accuracy/d/$dataset', params: { dataset: summary.id } });
    void queries.resetQueries({ queryKey: ['inspect'] });
  });
  const gaps = gapsOf(draft, source);
  const spec = specOf(draft, source);
  const asItStands = source.existing !== null && !changed;

  const begin = () =>
    job.start(`Importing ${draft.name}`, () =>
      client.datasets.import(
        asItStands && source.existing ? { path: source.existing } : { spec, folder: source.folder },
      ),
    );
  const importAction: Action = {
    id: 'import-confirm',
    title: 'Import',
    group: 'This page',
    keys: 'mod+enter',
    description: 'Join predictions with labels and count every row',
    ...(gaps[0] ? { disabled: gaps[0] } : {}),
    run: () => void begin(),
  };
  useActions([importAction]);

  if (source.tables.length === 0) {
    return (
      <>
        <PageHeader title="Nothing to import here" trail={trail} />
        <EmptyState
          title={`No Parquet files in ${visibleText(source.folder)}`}
          actions={
            <Button variant="default" component={Link} to="/accuracy/import">
              Choose another folder
            </Button>
          }
        >
          Export predictions and labels as Parquet, in any layout of folders, and point at the folder that holds both.
          {source.remarks.length > 0 ? ` ${source.remarks.join(' ')}` : ''}
        </EmptyState>
      </>
    );
  }

  if (job.run.status === 'running') {
    return (
      <>
        <PageHeader title={`Importing ${visibleText(draft.name)}`} trail={trail} />
        <ProgressView
          title="Joining predictions with their labels"
          progress={job.run.progress}
          startedAt={job.run.startedAt}
          onCancel={job.run.cancel}
          cancelNote="Cancelling leaves nothing half-written. The import goes on when you leave this page."
        />
      </>
    );
  }

  return (
    <>
      <PageHeader
        title={`Import ${visibleText(draft.name)}`}
        trail={trail}
        actions={
          <>
            {changed ? (
              <Button variant="subtle" color="gray" onClick={reset}>
                Undo my changes
              </Button>
            ) : null}
            <ActionButton action={importAction} showKeys />
          </>
        }
      >
        {source.existing
          ? asItStands
            ? `This folder has a dataset file, ${visibleText(source.existing)}; it is used as it stands unless you change something.`
            : 'You changed something: a new dataset file is written and used instead of the existing one.'
          : 'The columns were guessed from names and types. Check them: everything after this rests on it.'}
      </PageHeader>
      {job.run.status === 'failed' ? (
        <div className={classes.gap}>
          <ErrorState title="The import stopped" error={job.run.error} onRetry={() => void begin()} />
        </div>
      ) : null}
      <div className={classes.layout}>
        <div className={classes.column}>
          <Panel title="Found" note={<bdi>{visibleText(source.folder)}</bdi>}>
            <Tables source={source} />
          </Panel>
          <RoleFields draft={draft} source={source} onChange={change} />
          <ColumnUses draft={draft} source={source} onChange={change} />
        </div>
        <div className={classes.side}>
          <Panel title={gaps.length > 0 ? 'Still missing' : 'Ready to import'}>
            {gaps.length > 0 ? (
              <ul className={classes.notes}>
                {gaps.map((gap) => (
                  <li key={gap} data-tone="gap">
                    <Icon name="warning" /> {gap}
                  </li>
                ))}
              </ul>
            ) : (
              <p className={classes.ready}>
                <Icon name="check" /> Every role is given.
              </p>
            )}
          </Panel>
          {source.remarks.length > 0 ? (
            <Panel title="Remarks">
              <ul className={classes.notes}>
                {source.remarks.map((remark) => (
                  <li key={remark}>{visibleText(remark)}</li>
                ))}
              </ul>
            </Panel>
          ) : null}
          <YamlPreview spec={spec} asItStands={asItStands} />
        </div>
      </div>
    </>
  );
};
