import { UserFault } from '../../../shared/errors.ts';
import { readRunnerLine } from '../../../shared/runner-protocol.ts';
import { type ImportedFile, parse } from '../adapters/registry.ts';
import { type RunnerStream, type StreamFold, streamFold } from '../runner-stream.ts';

/** What a program printed: a stream of the protocol, the runs of a result file, or the reason why neither. */
export type CommandOutput =
  | { kind: 'stream'; stream: RunnerStream; clockOffsetNs: number | null }
  | { kind: 'runs'; file: ImportedFile }
  | { kind: 'unreadable'; reason: string };

export interface OutputReader {
  take(text: string, arrivedNs: number): void;
  readonly fold: StreamFold;
  end(): CommandOutput;
}

/** A program may greet before its first line of the protocol; beyond this many lines it prints something else. */
const greeting = 50;

/** Read stdout as it comes. `auto` decides by content: the first line that is one of the protocol makes it a stream. */
export const outputReader = (format: string, name: string): OutputReader => {
  const fold = streamFold();
  const waiting: { text: string; arrivedNs: number }[] = [];
  let streaming = format === 'protocol';
  const isProtocol = (text: string): boolean =>
    format === 'auto' && waiting.length < greeting && text.startsWith('{') && 'line' in readRunnerLine(text);
  return {
    fold,
    take: (text, arrivedNs) => {
      if (!streaming && isProtocol(text)) {
        streaming = true;
        for (const line of waiting) fold.take(line.text, line.arrivedNs);
        waiting.length = 0;
      }
      if (streaming) fold.take(text, arrivedNs);
      else waiting.push({ text, arrivedNs });
    },
    end: () => {
      if (streaming) return { kind: 'stream', stream: fold.end(), clockOffsetNs: fold.clockOffsetNs() };
      const text = waiting.map((line) => line.text).join('\n');
      if (text.trim() === '') return { kind: 'unreadable', reason: 'nothing was printed on stdout' };
      try {
        return { kind: 'runs', file: parse(`${text}\n`, name, format) };
      } catch (error) {
        if (error instanceof UserFault) return { kind: 'unreadable', reason: `stdout: ${error.message}` };
        throw error;
      }
    },
  };
};
