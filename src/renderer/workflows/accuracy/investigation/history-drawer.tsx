import { Button, Drawer } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { HistoryLine } from '../../../../shared/model/investigation.ts';
import { instant } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import classes from './history-drawer.module.css';
import { useInvestigationPage } from './investigation-context.ts';
import { redoTarget } from './redo-target.ts';
import { stepAddress } from './step-address.ts';
import { TitleField } from './title-field.tsx';
import { useHistory, useUndo } from './use-investigation.ts';

interface LineProps {
  line: HistoryLine;
  busy: boolean;
  onTakeBack(seq: number): void;
}

const Line = ({ line, busy, onTakeBack }: LineProps) => (
  <li className={classes.line} data-reverted={line.revertedBy !== null || undefined}>
    <span className={classes.seq}>{line.seq}</span>
    <span className={classes.words}>
      <span className={classes.text}>{visibleText(line.text)}</span>
      <span className={classes.quiet}>
        <time dateTime={line.at}>{instant(line.at)}</time> <code title={line.hash}>{line.hash.slice(0, 12)}</code>
        {line.revertedBy === null ? null : ` taken back by entry ${line.revertedBy}`}
      </span>
    </span>
    {line.revertible ? (
      <Button
        variant="default"
        size="compact-xs"
        disabled={busy}
        aria-label={`Take back entry ${line.seq}: ${visibleText(line.text)}`}
        onClick={() => onTakeBack(line.seq)}
      >
        Take back
      </Button>
    ) : null}
  </li>
);

const Lines = () => {
  const { investigation } = useInvestigationPage();
  const history = useHistory(investigation.id);
  const undo = useUndo(investigation.id);
  const redo = redoTarget(history.data ?? []);
  const { undoable } = investigation;
  if (history.isError)
    return (
      <ErrorState title="The history could not be read" error={history.error} onRetry={() => void history.refetch()} />
    );
  if (!history.data) return <LoadingState what="the history" height={200} />;
  return (
    <>
      <div className={classes.tools}>
        <Button
          variant="default"
          disabled={!undoable || undo.isPending}
          title={undoable ? visibleText(undoable.text) : 'nothing to undo'}
          rightSection={<KeyHint keys="mod+z" />}
          onClick={() => undoable && undo.mutate(undoable.seq)}
        >
          Undo
        </Button>
        <Button
          variant="default"
          disabled={!redo || undo.isPending}
          title={redo ? visibleText(redo.text) : 'nothing to redo'}
          rightSection={<KeyHint keys="mod+shift+z" />}
          onClick={() => redo && undo.mutate(redo.seq)}
        >
          Redo
        </Button>
      </div>
      {undo.isError ? (
        <ErrorState title="The entry could not be taken back" error={undo.error} onRetry={() => undo.reset()} />
      ) : null}
      <ol className={classes.list} aria-label="Entries, newest first">
        {history.data.toReversed().map((line) => (
          <Line key={line.seq} line={line} busy={undo.isPending} onTakeBack={(seq) => undo.mutate(seq)} />
        ))}
      </ol>
    </>
  );
};

/** The log of this investigation: nothing is ever removed, taking something back is an entry as well. */
export const HistoryDrawer = () => {
  const { investigation, search, step } = useInvestigationPage();
  const navigate = useNavigate();
  const close = () =>
    void navigate({
      ...stepAddress(step, investigation.id, null, { ...search, history: undefined }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Drawer.Root
      opened={search.history === true}
      onClose={close}
      position="right"
      size={520}
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.content }}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.header}>
          <Drawer.Title className={classes.title}>History</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </div>
        <Drawer.Body>
          <TitleField key={investigation.title} />
          <p className={classes.note}>
            Every choice is an entry and is kept at once; each carries the hash of the one before. Undo removes nothing,
            it adds an entry.
          </p>
          <Lines />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
};
