import { Checkbox, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { causeTitle } from '../../../../shared/accuracy-words.ts';
import { AccuracyCause } from '../../../../shared/model/investigation.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { observedText } from './check-list.tsx';
import type { ConclusionDraft } from './conclusion-draft.ts';
import classes from './conclusion-step.module.css';
import { useInvestigationPage } from './investigation-context.ts';
import { itemOfCause } from './ruled-out-causes.ts';
import { stepAddress } from './step-address.ts';

/** Why a cause is not ruled out from the start, and where that can be answered. */
const StaysOpen = ({ cause }: { cause: AccuracyCause }) => {
  const { investigation } = useInvestigationPage();
  const line = itemOfCause(cause, investigation);
  if (!line) return <span className={classes.quiet}>not ruled out</span>;
  return (
    <span className={classes.quiet}>
      not ruled out: {line.status}, {visibleText(line.answered ? line.answered.sentence : observedText(line))}{' '}
      <Link
        {...stepAddress('checklist', investigation.id, null, { item: line.item.id })}
        aria-label={`Checklist: ${visibleText(line.item.question)}`}
      >
        checklist
      </Link>
    </span>
  );
};

export interface RuledOutFieldsProps {
  draft: ConclusionDraft;
  onChange(ruledOut: ConclusionDraft['ruledOut']): void;
}

/** Every other cause of the list: ruled out with a reason, or left open. */
export const RuledOutFields = ({ draft, onChange }: RuledOutFieldsProps) => {
  const others = AccuracyCause.options.filter(
    (cause) => cause !== draft.cause && cause !== 'undetermined' && cause !== 'no-change',
  );
  const change = (cause: AccuracyCause, entry: ConclusionDraft['ruledOut'][AccuracyCause]) =>
    onChange({ ...draft.ruledOut, [cause]: entry });
  return (
    <fieldset className={classes.ruledOut}>
      <legend>
        <b>Ruled out</b> <span className={classes.quiet}>what is not ticked stays open and is printed so</span>
      </legend>
      {others.map((cause) => {
        const entry = draft.ruledOut[cause];
        return (
          <div key={cause} className={classes.other}>
            <Checkbox
              label={causeTitle[cause]}
              checked={entry.on}
              onChange={(event) => change(cause, { ...entry, on: event.currentTarget.checked })}
            />
            {entry.on ? (
              <Textarea
                aria-label={`Why not: ${causeTitle[cause]}`}
                autosize
                minRows={1}
                maxRows={4}
                value={entry.because}
                onChange={(event) => change(cause, { ...entry, because: event.currentTarget.value })}
              />
            ) : (
              <StaysOpen cause={cause} />
            )}
          </div>
        );
      })}
    </fieldset>
  );
};
