import { Button, Textarea } from '@mantine/core';
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import type { WorkbenchError } from '../../../../shared/errors.ts';
import { toWorkbenchError } from '../../../../shared/fault.ts';
import { bytes, counted } from '../../../../shared/units.ts';
import { type DroppedFile, droppedFiles, uploadFiles } from '../../../client/upload.ts';
import { useConnection } from '../../../client/use-connection.ts';
import { DropTarget } from '../../../ui/drop-target.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FolderBrowser } from '../../../ui/folder-browser.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import classes from './add-panel.module.css';
import type { RecordingJob } from './use-recording.ts';

const pathsIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Files from a browser are copied first; the desktop knows where they lie. */
const useHandOver = (onFiles: (paths: string[]) => void) => {
  const { client, desktop } = useConnection();
  const [copying, setCopying] = useState<{ files: number; total: number; done: number; startedAt: number } | null>(
    null,
  );
  const [fault, setFault] = useState<WorkbenchError | null>(null);
  const stop = useRef<AbortController | null>(null);
  const copy = async (files: DroppedFile[]): Promise<void> => {
    const start = {
      files: files.length,
      total: files.reduce((sum, { file }) => sum + file.size, 0),
      startedAt: Date.now(),
    };
    setCopying({ ...start, done: 0 });
    stop.current = new AbortController();
    const folder = await uploadFiles(client, files, {
      signal: stop.current.signal,
      onProgress: (done) => setCopying({ ...start, done }),
    });
    // A folder that was dropped as one is what the paths lie in already.
    const [only] = new Set(files.map(({ path }) => path.split('/')[0]));
    const inside = files.every(({ path }) => path.startsWith(`${only}/`)) ? `${only}/`.length : 0;
    onFiles(files.map(({ path }) => `${folder}/${path.slice(inside)}`));
  };
  const take = async (find: () => Promise<DroppedFile[]>, own: readonly File[]): Promise<void> => {
    setFault(null);
    if (desktop) return onFiles(own.map((file) => desktop.pathForFile(file)));
    try {
      const files = await find();
      if (files.length > 0) await copy(files);
    } catch (error) {
      const known = toWorkbenchError(error);
      if (known.code !== 'CANCELLED') setFault(known);
    } finally {
      setCopying(null);
    }
  };
  return { copying, fault, take, cancel: () => stop.current?.abort() };
};

/** Result files of other harnesses: dropped, picked, looked for or named. */
export const ImportPanel = ({ job, onClose }: { job: RecordingJob; onClose(): void }) => {
  const { client } = useConnection();
  const [text, setText] = useState('');
  const [browsing, setBrowsing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const start = (files: string[]) => {
    if (files.length > 0)
      job.start(`Importing ${counted(files.length, 'result file')}`, () =>
        client.throughput.import({ files, format: 'auto' }),
      );
  };
  const { copying, fault, take, cancel } = useHandOver(start);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pathsIn(text).length === 0) field.current?.focus();
    else start(pathsIn(text));
  };
  const picked = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = '';
    void take(async () => files.map((file) => ({ path: file.name, file })), files);
  };
  const busy = job.run.status === 'running';
  return (
    <Panel
      title="Import result files"
      note="MLPerf, vLLM, TensorRT-LLM, llama-bench, hyperfine, pyperf, JMH and others: told by content"
      actions={
        <Button variant="subtle" color="gray" size="compact-xs" onClick={onClose}>
          Close
        </Button>
      }
    >
      {copying ? (
        <ProgressView
          title={`Copying ${counted(copying.files, 'file')} (${bytes(copying.total)}) into the workspace`}
          progress={{
            step: 'copy',
            done: Math.round(copying.done / 1000),
            total: Math.round(copying.total / 1000),
            unit: 'kB',
          }}
          startedAt={copying.startedAt}
          onCancel={cancel}
        />
      ) : (
        <div className={classes.column}>
          <DropTarget
            title="Drop result files or a folder of them"
            onDrop={(transfer) => void take(() => droppedFiles(transfer), [...transfer.files])}
          >
            Each is read as it is and copied to the runs of this workspace. Nothing leaves this machine.
          </DropTarget>
          <form className={classes.row} onSubmit={submit}>
            <Textarea
              ref={field}
              className={classes.wide}
              label="Paths of result files, one a line"
              placeholder="/data/results/serve.json"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              autosize
              minRows={1}
              maxRows={8}
              spellCheck={false}
              autoComplete="off"
              autoFocus
            />
            <Button type="submit" disabled={busy}>
              Import
            </Button>
            <Button variant="default" leftSection={<Icon name="folder" />} onClick={() => setBrowsing(true)}>
              Browse
            </Button>
            <Button variant="default" leftSection={<Icon name="file" />} onClick={() => picker.current?.click()}>
              Pick files
            </Button>
            <input ref={picker} type="file" multiple hidden onChange={picked} aria-label="Result files" />
          </form>
          {fault ? <ErrorState title="The files could not be taken over" error={fault} /> : null}
        </div>
      )}
      <FolderBrowser
        opened={browsing}
        title="Choose a result file"
        nothing="No folders or result files here: json, jsonl, csv, tsv, txt, log or sql."
        list={(folder) => client.files.browse({ files: 'results', ...(folder === undefined ? {} : { path: folder }) })}
        onClose={() => setBrowsing(false)}
        onPick={(path) => {
          setBrowsing(false);
          setText((before) => [...pathsIn(before).filter((known) => known !== path), path].join('\n'));
          field.current?.focus();
        }}
      />
    </Panel>
  );
};
