import { ORPCError } from '@orpc/client';
import { type ErrorCode, WorkbenchError } from '../../shared/errors.ts';
import { convertErrors, faultOf } from '../../shared/fault.ts';

const status: Record<ErrorCode, number> = {
  BAD_INPUT: 400,
  UNAUTHORISED: 401,
  NOT_FOUND: 404,
  BUSY: 409,
  CANCELLED: 499,
  DEFECT: 500,
  UNAVAILABLE: 503,
};

interface Issue {
  message: string;
  path?: ReadonlyArray<PropertyKey | { key: PropertyKey }>;
}

const issuesOf = (error: ORPCError<string, unknown>): Issue[] => {
  const data = error.data as { issues?: Issue[] } | undefined;
  return Array.isArray(data?.issues) ? data.issues : [];
};

/** The first thing wrong with an input, in the grammar of our messages. */
const inputFault = (issues: readonly Issue[]): WorkbenchError => {
  const issue = issues[0];
  const path = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  const reason = (issue?.message ?? 'not accepted').replace(/^Invalid input: /, '').replace(/\.$/, '');
  return new WorkbenchError('BAD_INPUT', path ? `invalid ${path}: ${reason}` : `invalid input: ${reason}`, {
    issues: issues.map(({ message }) => message),
  });
};

const crossing = (error: unknown, onDefect: (error: unknown) => void): ORPCError<string, unknown> => {
  const known =
    error instanceof ORPCError && error.code === 'BAD_REQUEST' && issuesOf(error).length > 0
      ? inputFault(issuesOf(error))
      : error;
  const fault = faultOf(known);
  if (fault.code === 'DEFECT') onDefect(error);
  return new ORPCError(fault.code, {
    status: status[fault.code],
    message: fault.message,
    data: { details: fault.details, ...(fault.retry ? { retry: true } : {}) },
  });
};

/** What stands around every procedure on every transport: errors leave as `{code, message, details, retry?}`. */
export const boundary =
  (onDefect: (error: unknown) => void) =>
  ({ next }: { next(): Promise<unknown> }): Promise<unknown> =>
    convertErrors(next, (error) => crossing(error, onDefect));
