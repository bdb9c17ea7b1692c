import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { bytes, counted } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useClient } from '../../../client/use-connection.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import classes from './folder-browser.module.css';

export interface FolderBrowserProps {
  opened: boolean;
  onClose(): void;
  onPick(path: string): void;
}

const iconOf = { folder: 'folder', parquet: 'table', yaml: 'file' } as const;

const Listing = ({ onPick }: Pick<FolderBrowserProps, 'onPick'>) => {
  const client = useClient();
  const [path, setPath] = useState<string | undefined>(undefined);
  const list = useRef<HTMLDivElement>(null);
  const listing = useQuery({
    queryKey: ['files', path ?? ''],
    queryFn: () => client.files.browse(path === undefined ? {} : { path }),
    placeholderData: (before) => before,
  });

  // The button that opened a folder is gone with it: focus goes on in the new list.
  const shown = listing.isPlaceholderData ? undefined : listing.data?.path;
  useEffect(() => {
    if (shown !== undefined) list.current?.querySelector('button')?.focus();
  }, [shown]);

  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Backspace' && listing.data?.parent) setPath(listing.data.parent);
    if (step === 0) return;
    event.preventDefault();
    const entries = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = entries.indexOf(document.activeElement as HTMLButtonElement);
    entries[Math.max(0, Math.min(entries.length - 1, at + step))]?.focus();
  };

  if (listing.isError) {
    return (
      <ErrorState
        title="The folder could not be listed"
        error={listing.error}
        onRetry={() => (path === undefined ? void listing.refetch() : setPath(undefined))}
      />
    );
  }
  if (!listing.data) return <LoadingState what="the folder" height={320} />;
  const { data } = listing;
  return (
    <>
      <p className={classes.where} title={data.path}>
        <bdi>{visibleText(data.path)}</bdi>
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the buttons inside, which also take Tab */}
      <div className={classes.list} ref={list} onKeyDown={move}>
        {data.parent !== null ? (
          <button type="button" className={classes.entry} onClick={() => setPath(data.parent ?? undefined)}>
            <Icon name="arrowUp" /> one folder up
          </button>
        ) : null}
        {data.entries.map((entry) => (
          <button
            key={entry.path}
            type="button"
            className={classes.entry}
            onClick={() => (entry.kind === 'folder' ? setPath(entry.path) : onPick(entry.path))}
          >
            <Icon name={iconOf[entry.kind]} />
            <span className={classes.name}>{visibleText(entry.name)}</span>
            <span className={classes.size}>{entry.bytes === null ? '' : bytes(entry.bytes)}</span>
          </button>
        ))}
        {data.entries.length === 0 ? <p className={classes.nothing}>No folders, Parquet or YAML files here.</p> : null}
      </div>
      {data.omitted > 0 ? (
        <p className={classes.nothing}>{counted(data.omitted, 'more entry', 'more entries')} not shown.</p>
      ) : null}
      <div className={classes.foot}>
        <Button onClick={() => onPick(data.path)}>Use this folder</Button>
      </div>
    </>
  );
};

export const FolderBrowser = ({ opened, onClose, onPick }: FolderBrowserProps) => (
  <Modal opened={opened} onClose={onClose} title="Choose a folder or a file" size="lg">
    {opened ? <Listing onPick={onPick} /> : null}
  </Modal>
);
