import { useRef, useState } from 'react';
import type { WorkbenchError } from '../../../../shared/errors.ts';
import { toWorkbenchError } from '../../../../shared/fault.ts';
import { bytes, counted } from '../../../../shared/units.ts';
import { type DroppedFile, droppedFiles, uploadFiles } from '../../../client/upload.ts';
import { useConnection } from '../../../client/use-connection.ts';
import { DropTarget } from '../../../ui/drop-target.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';

interface Transfer {
  startedAt: number;
  files: number;
  done: number;
  total: number;
}

/** The desktop knows the path of what was dropped; a browser has to hand the files over. */
export const DropZone = ({ onSource }: { onSource(path: string): void }) => {
  const { client, desktop } = useConnection();
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

  const drop = async (dropped: DataTransfer) => {
    setFault(null);
    const first = dropped.files[0];
    if (desktop && first) return onSource(desktop.pathForFile(first));
    try {
      const files = await droppedFiles(dropped);
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
      <DropTarget title="Drop a folder of exported predictions and labels" onDrop={(dropped) => void drop(dropped)}>
        Parquet files, partitioned or not, with or without a dataset.yaml. Nothing leaves this machine.
      </DropTarget>
      {fault ? <ErrorState title="The folder could not be taken over" error={fault} /> : null}
    </>
  );
};
