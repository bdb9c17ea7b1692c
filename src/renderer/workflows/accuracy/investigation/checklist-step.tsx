import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useRef } from 'react';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useActions } from '../../../ui/actions.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { phasesOf } from './check-lines.ts';
import { CheckPhase } from './check-phase.tsx';
import classes from './checklist-step.module.css';
import { useInvestigationPage } from './investigation-context.ts';
import { carried } from './investigation-search.ts';
import { stepAddress } from './step-address.ts';
import { StepFrame } from './step-frame.tsx';

const Symptoms = () => {
  const { investigation, search } = useInvestigationPage();
  const navigate = useNavigate();
  const { symptoms } = investigation.checklist;
  if (symptoms.length === 0) return null;
  const choices = [{ id: undefined, title: 'everything' }, ...symptoms];
  return (
    <fieldset className={classes.symptoms} aria-label="Jump by symptom">
      <span className={classes.label}>Jump by symptom</span>
      {choices.map(({ id, title }) => (
        <button
          key={title}
          type="button"
          className={classes.symptom}
          aria-pressed={search.symptom === id}
          onClick={() =>
            void navigate({
              ...stepAddress('checklist', investigation.id, null, {
                ...carried(search),
                ...(id ? { symptom: id } : {}),
              }),
              resetScroll: false,
            })
          }
        >
          {visibleText(title)}
        </button>
      ))}
    </fieldset>
  );
};

/** Focus walks along the items as they stand on the screen. */
const walk = (frame: HTMLElement | null, by: 1 | -1) => {
  const rows = [...(frame?.querySelectorAll<HTMLElement>('[data-check]') ?? [])];
  const here = rows.findIndex(
    (row) => row === document.activeElement || row.parentElement?.contains(document.activeElement),
  );
  const next = rows[here === -1 ? (by === 1 ? 0 : rows.length - 1) : here + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
};

export const ChecklistStep = () => {
  const { investigation, search } = useInvestigationPage();
  const navigate = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const phases = phasesOf(investigation, search.symptom ?? null);
  const { checklist } = investigation;
  useActions([
    { id: 'check-next', title: 'Next item', group: 'Checklist', keys: 'j', run: () => walk(frame.current, 1) },
    { id: 'check-previous', title: 'Previous item', group: 'Checklist', keys: 'k', run: () => walk(frame.current, -1) },
    ...checklist.symptoms.map(({ id, title }) => ({
      id: `symptom-${id}`,
      title: `Jump by symptom: ${title}`,
      group: 'Checklist',
      run: () => void navigate(stepAddress('checklist', investigation.id, null, { ...carried(search), symptom: id })),
    })),
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.check === undefined) return;
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    walk(frame.current, event.key === 'ArrowDown' ? 1 : -1);
  };
  const shown = phases.filter((phase) => phase.lines.length > 0);
  return (
    <StepFrame step="checklist">
      <div className={classes.bar}>
        <Symptoms />
        <span className={classes.keys}>
          <KeyHint keys="j" /> <KeyHint keys="k" /> walk <KeyHint keys="enter" /> open
        </span>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys are one more way between its buttons */}
      <div ref={frame} className={classes.phases} onKeyDown={onKeyDown}>
        {shown.map((phase) => (
          <CheckPhase key={phase.id} phase={phase} />
        ))}
      </div>
      {shown.length === 0 ? (
        <EmptyState title="No item belongs to this symptom">
          The address names a symptom this checklist does not know. Choose “everything” above.
        </EmptyState>
      ) : null}
      <p className={classes.source}>
        {visibleText(checklist.title)}, version {checklist.version}, {visibleText(checklist.origin)}; SHA-256{' '}
        <code>{checklist.sha256.slice(0, 16)}…</code>
      </p>
    </StepFrame>
  );
};
