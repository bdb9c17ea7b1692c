import { Button, Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { FolderListing } from '../../shared/model/browse.ts';
import { bytes, counted } from '../../shared/units.ts';
import { visibleText } from '../../shared/visible-text.ts';
import { ErrorState } from './error-state.tsx';
import classes from './folder-browser.module.css';
import { Icon } from './icon.tsx';
import { LoadingState } from './loading-state.tsx';

export interface FolderBrowserProps {
  opened: boolean;
  title: string;
  /** What stands in a folder; the home folder when none is named. */
  list(path?: string): Promise<FolderListing>;
  /** Said of a folder that holds nothing to pick. */
  nothing: string;
  /** A folder may be picked as a whole. */
  folders?: boolean;
  onClose(): void;
  onPick(path: string): void;
}

const iconOf = { folder: 'folder', parquet: 'table', yaml: 'file', result: 'file' } as const;

/** The folder being looked at, and the one before until it is there. */
const useListing = (list: FolderBrowserProps['list']) => {
  const [path, setPath] = useState<string | undefined>(undefined);
  const [data, setData] = useState<FolderListing | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const ask = useRef(list);
  ask.current = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn asks again for the same folder
  useEffect(() => {
    let current = true;
    ask.current(path).then(
      (found) => {
        if (!current) return;
        setData(found);
        setError(null);
      },
      (fault: unknown) => {
        if (current) setError(fault);
      },
    );
    return () => {
      current = false;
    };
  }, [path, turn]);
  const retry = () => {
    setPath(data?.path);
    setTurn(turn + 1);
  };
  return { data, error, setPath, retry };
};

const Listing = ({ list: ask, nothing, folders, onPick }: FolderBrowserProps) => {
  const list = useRef<HTMLDivElement>(null);
  const { data, error, setPath, retry } = useListing(ask);

  // The button that opened a folder is gone with it: focus goes on in the new list.
  const shown = data?.path;
  useEffect(() => {
    if (shown !== undefined) list.current?.querySelector('button')?.focus();
  }, [shown]);

  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Backspace' && data?.parent) setPath(data.parent);
    if (step === 0) return;
    event.preventDefault();
    const entries = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = entries.indexOf(document.activeElement as HTMLButtonElement);
    entries[Math.max(0, Math.min(entries.length - 1, at + step))]?.focus();
  };

  if (error !== null) {
    return <ErrorState title="The folder could not be listed" error={error} onRetry={retry} />;
  }
  if (!data) return <LoadingState what="the folder" height={320} />;
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
        {data.entries.length === 0 ? <p className={classes.nothing}>{nothing}</p> : null}
      </div>
      {data.omitted > 0 ? (
        <p className={classes.nothing}>{counted(data.omitted, 'more entry', 'more entries')} not shown.</p>
      ) : null}
      {folders ? (
        <div className={classes.foot}>
          <Button onClick={() => onPick(data.path)}>Use this folder</Button>
        </div>
      ) : null}
    </>
  );
};

export const FolderBrowser = (props: FolderBrowserProps) => (
  <Modal opened={props.opened} onClose={props.onClose} title={props.title} size="lg">
    {props.opened ? <Listing {...props} /> : null}
  </Modal>
);
