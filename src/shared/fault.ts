import { type ErrorCode, errorCodes, WorkbenchError } from './errors.ts';
import type { Fault } from './model/job.ts';

const known = new Set<string>(errorCodes);

/** Codes the transport library raises by itself, in our words. */
const translated: Record<string, ErrorCode> = {
  BAD_REQUEST: 'BAD_INPUT',
  UNPROCESSABLE_CONTENT: 'BAD_INPUT',
  PAYLOAD_TOO_LARGE: 'BAD_INPUT',
  UNSUPPORTED_MEDIA_TYPE: 'BAD_INPUT',
  UNAUTHORIZED: 'UNAUTHORISED',
  FORBIDDEN: 'UNAUTHORISED',
  CLIENT_CLOSED_REQUEST: 'CANCELLED',
  SERVICE_UNAVAILABLE: 'UNAVAILABLE',
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values as JSON carries them: `NaN` becomes null, a bigint its digits, a class its own fields. */
export const plain = (value: unknown): unknown => {
  const text = JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? item.toString() : item));
  return text === undefined ? null : JSON.parse(text);
};

const mayRetry = (code: ErrorCode) => code === 'BUSY' || code === 'UNAVAILABLE';

/** What crosses a transport for this error: never a stack, and no inner text of a defect of ours. */
export const faultOf = (error: unknown): Fault => {
  if (error instanceof WorkbenchError) {
    return {
      code: error.code,
      message: error.message,
      details: plain(error.details) as Record<string, unknown>,
      ...(mayRetry(error.code) ? { retry: true } : {}),
    };
  }
  if (isRecord(error) && error.name === 'AbortError') return { code: 'CANCELLED', message: 'cancelled', details: {} };
  return { code: 'DEFECT', message: 'a defect in driftbench stopped this call', details: {} };
};

/** The receiving side: whatever a call threw, as a `WorkbenchError` of the closed list. */
export const toWorkbenchError = (error: unknown): WorkbenchError => {
  if (error instanceof WorkbenchError) return error;
  if (!isRecord(error)) return new WorkbenchError('DEFECT', 'a defect in driftbench stopped this call');
  if (error.name === 'AbortError') return new WorkbenchError('CANCELLED', 'cancelled');
  if (typeof error.code === 'string' && typeof error.message === 'string') {
    const code = error.code;
    const data = isRecord(error.data) ? error.data : {};
    const details = isRecord(data.details) ? data.details : {};
    if (known.has(code)) return new WorkbenchError(code as ErrorCode, error.message, details);
    const translation = translated[code];
    if (translation) return new WorkbenchError(translation, error.message, details);
    if (code === 'NOT_FOUND') return new WorkbenchError('NOT_FOUND', error.message, details);
  }
  // A fetch that never reached the server ends as a TypeError; a closed port as an abort of the pending call.
  if (error instanceof TypeError) return new WorkbenchError('UNAVAILABLE', 'the workbench does not answer');
  return new WorkbenchError('DEFECT', 'a defect in driftbench stopped this call');
};

const isStream = (value: unknown): value is AsyncIterableIterator<unknown> =>
  isRecord(value) && typeof (value as { next?: unknown }).next === 'function' && Symbol.asyncIterator in value;

/** Apply `convert` to whatever a call or the stream it answered throws. */
export const convertErrors = async <T>(call: () => Promise<T>, convert: (error: unknown) => Error): Promise<T> => {
  const guarded = async <R>(step: () => Promise<R>): Promise<R> => {
    try {
      return await step();
    } catch (error) {
      throw convert(error);
    }
  };
  const output = await guarded(call);
  if (!isStream(output)) return output;
  const stream: AsyncIterableIterator<unknown> = {
    next: () => guarded(() => output.next()),
    return: (value?: unknown) => guarded(() => output.return?.(value) ?? Promise.resolve({ done: true, value })),
    throw: (error?: unknown) => guarded(() => output.throw?.(error) ?? Promise.reject(error)),
    [Symbol.asyncIterator]: () => stream,
  };
  return stream as T;
};
