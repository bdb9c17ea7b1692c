import { Radio, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { type CheckLine, type CheckStatus, CheckStatus as CheckStatuses } from '../../../../shared/model/checklist.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { type Action, useActions } from '../../../ui/actions.ts';
import { KeyHint } from '../../../ui/key-hint.tsx';
import classes from './answer-form.module.css';
import { useInvestigationPage } from './investigation-context.ts';
import { RecordFoot } from './record-foot.tsx';
import { useChoose } from './use-investigation.ts';
import { useStoredDraft } from './use-stored-draft.ts';

const statusKeys: Record<CheckStatus, string> = { PASSED: 's p', WARNED: 's w', FAILED: 's f', 'NOT DONE': 's n' };

interface Draft {
  status: CheckStatus | null;
  sentence: string;
}

const missingOf = ({ status, sentence }: Draft): string | null => {
  if (status === null) return 'Choose a status.';
  if (sentence.trim() !== '') return null;
  return status === 'NOT DONE' ? 'Say in one sentence why it is not done.' : 'Say in one sentence what was seen.';
};

/** A status and the sentence that carries it: an item is decided by what was seen, never by having been opened. */
export const AnswerForm = ({ line, onRecorded }: { line: CheckLine; onRecorded(): void }) => {
  const { investigation } = useInvestigationPage();
  const choose = useChoose(investigation.id);
  const sentence = useRef<HTMLTextAreaElement>(null);
  const initial: Draft = { status: line.answered?.status ?? null, sentence: line.answered?.sentence ?? '' };
  const { draft, setDraft, changed, reset } = useStoredDraft<Draft>(
    `${investigation.id}:${line.item.id}:${line.answered?.seq ?? 0}`,
    initial,
  );
  const missing = missingOf(draft);
  const record = () => {
    const { status } = draft;
    if (missing || status === null) return;
    choose.mutate(
      { kind: 'check-answered', item: line.item.id, status, sentence: draft.sentence.trim() },
      {
        onSuccess: () => {
          reset(draft);
          onRecorded();
        },
      },
    );
  };
  const setStatus = (status: CheckStatus) => setDraft((before) => ({ ...before, status }));
  useActions([
    ...CheckStatuses.options.map(
      (status): Action => ({
        id: `status-${status}`,
        title: `Status of the open item: ${status}`,
        group: 'Checklist',
        keys: statusKeys[status],
        run: () => {
          setStatus(status);
          sentence.current?.focus();
        },
      }),
    ),
    {
      id: 'record-answer',
      title: 'Record the answer',
      group: 'Checklist',
      keys: 'mod+enter',
      ...(missing ? { disabled: missing } : {}),
      run: record,
    },
  ]);
  return (
    <form
      className={classes.form}
      aria-label={`Your answer: ${visibleText(line.item.question)}`}
      onSubmit={(event) => {
        event.preventDefault();
        record();
      }}
    >
      <Radio.Group
        label={line.collected ? 'Your own judgement, where it differs' : 'Your answer'}
        value={draft.status ?? ''}
        onChange={(value) => setStatus(value as CheckStatus)}
      >
        <div className={classes.statuses}>
          {CheckStatuses.options.map((status) => (
            <span key={status} className={classes.choice}>
              <Radio value={status} label={status} />
              <KeyHint keys={statusKeys[status]} />
            </span>
          ))}
        </div>
      </Radio.Group>
      <Textarea
        ref={sentence}
        label="What was seen, in one sentence"
        autosize
        minRows={2}
        maxRows={6}
        value={draft.sentence}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setDraft((before) => ({ ...before, sentence: value }));
        }}
      />
      <RecordFoot
        title="Record the answer"
        missing={missing}
        standing={changed ? 'Not recorded yet; a reload keeps it.' : ''}
        choosing={choose}
      />
    </form>
  );
};
