import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ConfirmSource } from './confirm-source.tsx';
import classes from './export-guide.module.css';
import { ExportGuide } from './export-guide.tsx';
import { SourcePicker } from './source-picker.tsx';

const trail = 'Accuracy: data in';

const ChooseSource = () => (
  <>
    <PageHeader title="Import exported predictions" trail={trail}>
      Point at what your system exported: predictions, and the labels that arrived later. Nothing is changed in place.
    </PageHeader>
    <div className={classes.stack}>
      <Panel title="Where the files are">
        <SourcePicker autoFocus />
      </Panel>
      <ExportGuide />
    </div>
  </>
);

const InspectedSource = ({ path }: { path: string }) => {
  const client = useClient();
  const source = useQuery({
    queryKey: ['inspect', path],
    queryFn: ({ signal }) => client.datasets.inspect({ path }, { signal }),
    // Files change between two visits: an import itself writes one.
    gcTime: 0,
  });
  if (source.isSuccess) return <ConfirmSource key={path} path={path} source={source.data} />;
  return (
    <>
      <PageHeader title={source.isError ? 'Import' : 'Looking inside'} trail={trail}>
        <bdi>{visibleText(path)}</bdi>
      </PageHeader>
      {source.isError ? (
        <ErrorState
          title="The source could not be read"
          error={source.error}
          onRetry={() => void source.refetch()}
          actions={
            <Button variant="default" component={Link} to="/accuracy/import">
              Choose another folder
            </Button>
          }
        />
      ) : (
        <LoadingState what="file headers and a few values of every column" height={220} />
      )}
    </>
  );
};

export const ImportPage = () => {
  const { path } = useSearch({ from: '/accuracy/import' });
  return path ? <InspectedSource path={path} /> : <ChooseSource />;
};
