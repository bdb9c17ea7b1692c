/** The closed list of error codes that cross a transport. */
export const errorCodes = [
  'BAD_INPUT',
  'NOT_FOUND',
  'CANCELLED',
  'BUSY',
  'UNAVAILABLE',
  'UNAUTHORISED',
  'DEFECT',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** A fault of ours to report in one sentence: lower case, no full stop, the value last. */
export class WorkbenchError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'WorkbenchError';
    this.code = code;
    this.details = details;
  }
}

/** Bad input or usage: names the file, the column, the count and what to do; exit code 2. */
export class UserFault extends WorkbenchError {
  constructor(message: string, details: Record<string, unknown> = {}) {
    super('BAD_INPUT', message, details);
    this.name = 'UserFault';
  }
}

export class Cancelled extends WorkbenchError {
  constructor() {
    super('CANCELLED', 'cancelled');
    this.name = 'Cancelled';
  }
}
