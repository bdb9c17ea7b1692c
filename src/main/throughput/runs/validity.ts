import type { DeclaredValue } from '../../../shared/model/throughput-run.ts';
import { duration } from '../../../shared/units.ts';
import type { RunnerEnd } from '../../platform/runner-process.ts';
import type { RunnerStream } from '../runner-stream.ts';

const words: Partial<Record<string, string>> = {
  SIGKILL: 'the runner was killed (SIGKILL), as the system does when memory runs out',
  SIGSEGV: 'the runner crashed (SIGSEGV)',
  SIGABRT: 'the runner crashed (SIGABRT)',
};

/** Why a process that ended like this has no whole run; null where it ended well. */
export const endFault = (end: RunnerEnd): string | null => {
  switch (end.how) {
    case 'exit':
      return end.code === 0 ? null : `the runner ended with code ${end.code}`;
    case 'signal':
      return words[end.signal] ?? `the runner was ended by ${end.signal}`;
    case 'absent':
      return `the runner cannot be started: ${end.reason}`;
    case 'time-out':
      return `no end within ${duration(end.limitMs)}, the runner was ended`;
    case 'flood':
      return `the runner was ended because of ${end.reason}`;
    case 'cancelled':
      return 'cancelled, what was measured until then is kept';
  }
};

const cutOff = /^the stream ends without done/;

/** A runner that says why it fails also ends with a code: once is enough. */
const streamFaults = (stream: RunnerStream, end: RunnerEnd): string[] => {
  const ending = endFault(end);
  const told = stream.ended === 'error' && end.how === 'exit';
  const own = ending === null ? stream.invalidReasons : stream.invalidReasons.filter((reason) => !cutOff.test(reason));
  return ending === null || told ? own : [ending, ...own];
};

export interface OutputExpectation {
  /** Whether a run without an output line is invalid: our own runners always print one. */
  required: boolean;
  digest: string | null;
}

const outputFaults = (stream: RunnerStream, { required, digest }: OutputExpectation): string[] => {
  if (stream.outputChanged) return ['wrong output: its digest changed within the run'];
  if (stream.outputDigest === null) {
    return required && stream.ended === 'done'
      ? ['the runner printed no output line: nothing shows what it computed']
      : [];
  }
  if (digest !== null && digest !== stream.outputDigest) {
    return [`wrong output: ${stream.outputDigest} instead of ${digest}`];
  }
  return [];
};

export const mismatches = (declared: readonly DeclaredValue[]): string[] =>
  declared
    .filter(({ equal }) => equal === false)
    .map(
      ({ name, declared: asked, executed }) => `methodology mismatch: ${asked} ${name} declared, ${executed} executed`,
    );

/** Everything that makes a run invalid, the way it ended first. */
export const invalidReasonsOf = (
  stream: RunnerStream,
  end: RunnerEnd,
  expected: OutputExpectation,
  declared: readonly DeclaredValue[],
): string[] => [...streamFaults(stream, end), ...outputFaults(stream, expected), ...mismatches(declared)];

/** A value that was asked for beside the one that was executed; the unknown is neither equal nor unequal. */
export const declaredValue = (
  name: string,
  asked: string | number | undefined,
  executed: string | number | null | undefined,
): DeclaredValue[] => {
  if (asked === undefined) return [];
  const equal = executed === null || executed === undefined ? null : executed === asked;
  return [{ name, declared: asked, executed: executed ?? null, equal }];
};
