import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import type { DatasetSummary } from '../../../../shared/model/dataset.ts';
import { CompareRequest } from '../../../../shared/model/request.ts';
import { useClient } from '../../../client/use-connection.ts';
import { useJob } from '../../../client/use-job.ts';
import { type Action, useActions } from '../../../ui/actions.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import { searchOf } from '../import/compare-search.ts';
import classes from './samples-panel.module.css';

interface Sample {
  name: string;
  title: string;
  text: string;
}

type Way = 'guided' | 'result';

/** Opens a sample and goes to its windows, or straight to its result with the windows the program would suggest. */
const useOpenSample = () => {
  const client = useClient();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const way = useRef<Way>('guided');
  const onDone = useCallback(
    async ({ id }: DatasetSummary) => {
      void queries.invalidateQueries({ queryKey: ['recent'] });
      const place = { params: { dataset: id } };
      if (way.current === 'guided') return navigate({ to: '/accuracy/d/$dataset', ...place });
      const windows = await client.accuracy.suggestWindows({ dataset: id }).catch(() => null);
      // Without windows there is still the dataset itself, whose page says what is wrong.
      if (!windows) return navigate({ to: '/accuracy/d/$dataset', ...place });
      const request = CompareRequest.parse({ dataset: id, ...windows });
      return navigate({ to: '/accuracy/d/$dataset/result', ...place, search: searchOf(request) });
    },
    [client, navigate, queries],
  );
  const { run, start, reset } = useJob<DatasetSummary>((summary) => void onDone(summary));
  const open = useCallback(
    (sample: Sample, by: Way) => {
      way.current = by;
      void start(`Opening ${sample.title}`, () => client.samples.open({ name: sample.name, seed: 1 }));
    },
    [client, start],
  );
  return { run, open, reset };
};

const shownAtFirst = 6;

interface SampleLinesProps {
  samples: readonly Sample[];
  onOpen(sample: Sample, way: Way): void;
}

const SampleLines = ({ samples, onOpen }: SampleLinesProps) => {
  const [all, setAll] = useState(false);
  const shown = all ? samples : samples.slice(0, shownAtFirst);
  return (
    <>
      <ul className={classes.list}>
        {shown.map((sample, index) => (
          <li key={sample.name} data-first={index === 0 || undefined}>
            <div className={classes.words}>
              <h3>{sample.title}</h3>
              <p>{sample.text}</p>
            </div>
            <span className={classes.open}>
              {index === 0 ? <KeyHint keys="o" /> : null}
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={`Result only: ${sample.title}`}
                onClick={() => onOpen(sample, 'result')}
              >
                Result only
              </Button>
              <Button
                variant={index === 0 ? 'filled' : 'default'}
                size="compact-sm"
                aria-label={`Open ${sample.title}`}
                onClick={() => onOpen(sample, 'guided')}
              >
                Open
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {samples.length > shownAtFirst ? (
        <Button
          variant="subtle"
          size="compact-xs"
          className={classes.more}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? 'Show fewer' : `Show ${samples.length - shownAtFirst} more`}
        </Button>
      ) : null}
    </>
  );
};

export const SamplesPanel = () => {
  const client = useClient();
  const samples = useQuery({ queryKey: ['samples'], queryFn: () => client.samples.list({}) });
  const { run, open, reset } = useOpenSample();
  const busy = run.status === 'running';
  const actions = (samples.data ?? []).map(
    (sample, index): Action => ({
      id: `sample-${sample.name}`,
      title: `Open the sample “${sample.title}”`,
      group: 'Samples',
      ...(index === 0 ? { keys: 'o' } : {}),
      ...(busy ? { disabled: 'a sample is being opened' } : {}),
      run: () => open(sample, 'guided'),
    }),
  );
  useActions(actions);

  return (
    <Panel title="Sample incidents" note="each with one planted fault or none, made on this machine from a seed">
      {run.status === 'running' ? (
        <ProgressView title={run.title} progress={run.progress} startedAt={run.startedAt} onCancel={run.cancel} />
      ) : run.status === 'failed' ? (
        <ErrorState title="The sample could not be opened" error={run.error} onRetry={reset} />
      ) : samples.isError ? (
        <ErrorState
          title="The samples could not be listed"
          error={samples.error}
          onRetry={() => void samples.refetch()}
        />
      ) : samples.data ? (
        <SampleLines samples={samples.data} onOpen={open} />
      ) : (
        <LoadingState what="the samples" />
      )}
    </Panel>
  );
};
