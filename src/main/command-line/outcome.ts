import { type ErrorCode, WorkbenchError } from '../../shared/errors.ts';
import { visible } from './text-table.ts';

/** 0 done, 1 a defect of ours, 2 bad input or usage, 3 the verdict `--fail-on` names, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

const exitCodes: Record<ErrorCode, ExitCode> = {
  BAD_INPUT: 2,
  NOT_FOUND: 2,
  BUSY: 2,
  UNAVAILABLE: 2,
  UNAUTHORISED: 2,
  CANCELLED: 130,
  DEFECT: 1,
};

/** Exactly one line, whatever a message brings with it: names and values in it come from somebody's files. */
const oneSentence = (text: string): string => visible(text.replace(/\s+/g, ' ').trim());

/** What a failed command says on stderr, and how it ends. */
export const outcomeOf = (error: unknown): { code: ExitCode; sentence: string } => {
  if (error instanceof WorkbenchError) return { code: exitCodes[error.code], sentence: oneSentence(error.message) };
  return { code: 1, sentence: 'a defect in driftbench stopped this command, set DRIFTBENCH_TRACE=1 to see where' };
};
