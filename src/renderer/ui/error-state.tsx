import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { type ErrorCode, WorkbenchError } from '../../shared/errors.ts';
import { visibleText } from '../../shared/visible-text.ts';
import { Icon } from './icon.tsx';
import classes from './states.module.css';

/** What a person can do about it, when the caller knows nothing better. */
const nextSteps: Record<ErrorCode, string> = {
  BAD_INPUT: 'Correct what the sentence names, then try again.',
  NOT_FOUND: 'It may have been moved or removed; go back to the start screen and pick it again.',
  CANCELLED: 'Nothing was kept. Start it again when you are ready.',
  BUSY: 'Wait until the running work has ended, or cancel it.',
  UNAVAILABLE: 'Check that the workbench still runs in its terminal, then try again.',
  UNAUTHORISED: 'Open the link that the terminal printed; it carries the key of this session.',
  DEFECT: 'This is a fault in Driftbench, not in your data. Try again; report it with the text above if it repeats.',
};

export interface ErrorStateProps {
  /** What could not be done, as a sentence without its cause: "The folder could not be read". */
  title: string;
  error: unknown;
  next?: ReactNode;
  onRetry?: (() => void) | undefined;
  actions?: ReactNode;
}

export const ErrorState = ({ title, error, next, onRetry, actions }: ErrorStateProps) => {
  const code: ErrorCode = error instanceof WorkbenchError ? error.code : 'DEFECT';
  const cause = error instanceof Error ? error.message : String(error);
  return (
    <div className={classes.state} data-tone="error" role="alert">
      <p className={classes.title}>
        <Icon name="warning" size={16} /> {title}
      </p>
      <p className={classes.text}>{visibleText(cause)}</p>
      <p className={classes.text}>{next ?? nextSteps[code]}</p>
      {onRetry || actions ? (
        <div className={classes.actions}>
          {onRetry ? (
            <Button variant="default" onClick={onRetry}>
              Try again
            </Button>
          ) : null}
          {actions}
        </div>
      ) : null}
    </div>
  );
};
