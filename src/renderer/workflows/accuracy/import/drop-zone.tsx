import { type DragEvent, useRef, useState } from 'react';
import type { WorkbenchError } from '../../../../shared/errors.ts';
import { toWorkbenchError } from '../../../../shared/fault.ts';
import { bytes, counted } from '../../../../shared/units.ts';
import { type DroppedFile, droppedFiles, uploadFiles } from '../../../client/upload.ts';
import { useConnection } from '../../../client/use-connection.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import classes from './source-picker.module.css';

interface Transfer {
  startedAt: number;
  files: number;
  done: number;
  total: number;
}

/** The desktop knows the path of what was dropped; a browser has to hand the files over. */
export const DropZone = ({ onSource }: { onSource(path: string): void }) => {
  const { client, desktop } = useConnection();
  const [over, setOver] = useState(false);
  const [transfer, setTransfer] = useState<Transfer | null>(null);
  const [fault, setFault] = useState<WorkbenchError | null>(null);
  const stop = useRef<AbortController | null>(null);

  const upload = async (files: DroppedFile[]) => {
    const total = files.reduce((sum, { file }) => sum + file.size, 0);
    const start = { startedAt: Date.now(), files: files.length, done: 0, total };
    setTransfer(start);
    stop.current = new AbortController();
    const folder = await uploadFiles(client, files, {
      signal: stop.current.signal,
      onProgress: (done) => setTransfer({ ...start, done }),
    });
    onSource(folder);
  };

  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    setFault(null);
    const first = event.dataTransfer.files[0];
    if (desktop && first) return onSource(desktop.pathForFile(first));
    try {
      const files = await droppedFiles(event.dataTransfer);
      if (files.length > 0) await upload(files);
    } catch (error) {
      const known = toWorkbenchError(error);
      if (known.code !== 'CANCELLED') setFault(known);
    } finally {
      setTransfer(null);
    }
  };

  if (transfer) {
    return (
      <ProgressView
        title={`Copying ${counted(transfer.files, 'file')} (${bytes(transfer.total)}) into the workspace`}
        progress={{
          step: 'copy',
          done: Math.round(transfer.done / 1000),
          total: Math.round(transfer.total / 1000),
          unit: 'kB',
        }}
        startedAt={transfer.startedAt}
        onCancel={() => stop.current?.abort()}
      />
    );
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keyboard form; the path field and the browser beside it are that form */}
      <div
        className={classes.zone}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => void drop(event)}
      >
        <span className={classes.zoneTitle}>
          <Icon name="upload" size={16} /> Drop a folder of exported predictions and labels
        </span>
        <span className={classes.small}>
          Parquet files, partitioned or not, with or without a dataset.yaml. Nothing leaves this machine.
        </span>
      </div>
      {fault ? <ErrorState title="The folder could not be taken over" error={fault} /> : null}
    </>
  );
};
