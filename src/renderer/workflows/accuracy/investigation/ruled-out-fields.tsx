import { Checkbox, Textarea } from '@mantine/core';
import { causeTitle } from '../../../../shared/accuracy-words.ts';
import { AccuracyCause } from '../../../../shared/model/investigation.ts';
import type { ConclusionDraft } from './conclusion-draft.ts';
import classes from './conclusion-step.module.css';

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
              <span className={classes.quiet}>not ruled out</span>
            )}
          </div>
        );
      })}
    </fieldset>
  );
};
