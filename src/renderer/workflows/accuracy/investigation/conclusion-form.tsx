import { Radio, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { causeTitle } from '../../../../shared/accuracy-words.ts';
import { AccuracyCause } from '../../../../shared/model/investigation.ts';
import { instant } from '../../../../shared/units.ts';
import { useActions } from '../../../ui/actions.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { adviceFor, causesByEvidence, reopenAdvice } from './cause-advice.ts';
import { type ConclusionDraft, conclusionFaults, conclusionFrom } from './conclusion-draft.ts';
import classes from './conclusion-step.module.css';
import { useInvestigationPage } from './investigation-context.ts';
import { RecordFoot } from './record-foot.tsx';
import { RuledOutFields } from './ruled-out-fields.tsx';
import { useChoose } from './use-investigation.ts';
import { useStoredDraft } from './use-stored-draft.ts';

/** A field that still holds what was suggested, or nothing, follows the cause; what a person wrote stays. */
const follow = (text: string, before: string | undefined, after: string): string =>
  text.trim() === '' || text === before ? after : text;

type TextField = 'confirmedBy' | 'firstFailure' | 'impact' | 'wouldChange' | 'actions' | 'reopenWhen';

export const ConclusionForm = ({ initial }: { initial: ConclusionDraft }) => {
  const { investigation, comparison } = useInvestigationPage();
  const { conclusion } = investigation;
  const choose = useChoose(investigation.id);
  const { draft, setDraft, changed, reset } = useStoredDraft(
    `${investigation.id}:conclusion:${conclusion?.at ?? investigation.attachments.comparison}`,
    initial,
  );
  const [fault] = conclusionFaults(draft);
  const hinted = causesByEvidence(investigation, comparison);

  const setCause = (cause: AccuracyCause) =>
    setDraft((before) => {
      const old = adviceFor(before.cause);
      const next = adviceFor(cause);
      return {
        ...before,
        cause,
        actions: follow(before.actions, old?.actions, next?.actions ?? ''),
        wouldChange: follow(before.wouldChange, old?.wouldChange, next?.wouldChange ?? ''),
        reopenWhen: follow(before.reopenWhen, undefined, reopenAdvice(investigation, comparison)),
      };
    });
  const record = () => {
    const written = conclusionFrom(draft);
    if (written) choose.mutate({ kind: 'conclusion-written', conclusion: written }, { onSuccess: () => reset(draft) });
  };
  useActions([
    {
      id: 'record-conclusion',
      title: 'Record the conclusion',
      group: 'This page',
      keys: 'mod+enter',
      ...(fault ? { disabled: fault } : {}),
      run: record,
    },
  ]);

  const text = (field: TextField, label: ReactNode, description?: string, rows = 2) => (
    <Textarea
      label={<b>{label}</b>}
      description={description}
      autosize
      minRows={rows}
      maxRows={8}
      value={draft[field]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setDraft((before) => ({ ...before, [field]: value }));
      }}
    />
  );

  return (
    <Panel
      title="Conclusion"
      note={conclusion ? `recorded ${instant(conclusion.at)}; recording again adds an entry` : 'not recorded yet'}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          record();
        }}
      >
        <Radio.Group
          label={<b>Cause</b>}
          value={draft.cause ?? ''}
          onChange={(value) => setCause(value as AccuracyCause)}
        >
          <div className={classes.causes}>
            {AccuracyCause.options.map((cause) => (
              <Radio
                key={cause}
                value={cause}
                label={
                  <>
                    {causeTitle[cause]}
                    {hinted.includes(cause) ? (
                      <span className={classes.hinted}>
                        <Icon name="arrowRight" size={10} /> the evidence points here
                      </span>
                    ) : null}
                  </>
                }
              />
            ))}
          </div>
        </Radio.Group>
        <Radio.Group
          label={<b>How sure</b>}
          value={draft.certainty}
          onChange={(value) => setDraft((before) => ({ ...before, certainty: value as ConclusionDraft['certainty'] }))}
        >
          <div className={classes.sure}>
            <Radio value="probable" label="Probable: it fits, and nothing else does" />
            <Radio value="confirmed" label="Confirmed by undoing it: replay, revert or shadow run" />
          </div>
        </Radio.Group>
        {draft.certainty === 'confirmed' ? text('confirmedBy', 'How it was confirmed') : null}
        {text('firstFailure', 'First failure: since when and where', 'Filled in from the change point', 1)}
        {text('impact', 'Impact', 'Filled in from the change')}
        <RuledOutFields draft={draft} onChange={(ruledOut) => setDraft((before) => ({ ...before, ruledOut }))} />
        {text('wouldChange', 'What would change this verdict', 'A beginning is filled in with the cause; correct it')}
        {text('actions', 'Actions', 'What is done about it, and by whom')}
        {text('reopenWhen', 'Opened again when', undefined, 1)}
        <div className={classes.foot}>
          <RecordFoot
            title="Record the conclusion"
            missing={fault ?? null}
            standing={changed ? 'Not recorded yet; a reload keeps what was typed.' : 'Recorded as it stands.'}
            choosing={choose}
          />
        </div>
      </form>
    </Panel>
  );
};
