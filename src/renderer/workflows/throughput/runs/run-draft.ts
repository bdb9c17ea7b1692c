import type { RunRequest, Workload } from '../../../../shared/model/workload.ts';

/** What stands in the form, as it was typed. */
export interface RunDraft {
  /** Id of a workload, or one of the two ways to bring one's own. */
  workload: string;
  path: string;
  command: string;
  precision: string;
  batch: string;
  seconds: string;
  repeat: string;
  label: string;
}

export const ownModel = 'own:onnx';
export const ownCommand = 'own:command';

export const emptyDraft: RunDraft = {
  workload: '',
  path: '',
  command: '',
  precision: '',
  batch: '',
  seconds: '30',
  repeat: '5',
  label: '',
};

/** The words of a command as a shell reads them: quotes hold words together, a backslash takes the next letter as it is. */
export const wordsOf = (text: string): string[] | null => {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === '\\' && quote !== "'" && at + 1 < text.length) word = (word ?? '') + text[++at]!;
    else if (quote !== '') {
      if (letter === quote) quote = '';
      else word += letter;
    } else if (letter === '"' || letter === "'") [quote, word] = [letter, word ?? ''];
    else if (/\s/.test(letter)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + letter;
  }
  if (quote !== '') return null;
  if (word !== null) words.push(word);
  return words;
};

const whole = (text: string): number | null => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null);

type Outcome = { request: RunRequest } | { fault: string };

/** The request that a draft stands for, or what is missing from it. */
export const requestOfDraft = (draft: RunDraft, workloads: readonly Workload[]): Outcome => {
  const repeat = whole(draft.repeat);
  const seconds = Number(draft.seconds.replace(',', '.'));
  if (repeat === null || repeat < 1 || repeat > 1000) return { fault: 'repeat is a whole number from 1 to 1000' };
  const label = draft.label.trim();
  const shared = { repeat, seed: 1, ...(label === '' ? {} : { label }) };
  if (draft.workload === ownCommand) {
    const argv = wordsOf(draft.command);
    if (argv === null) return { fault: 'a quote in the command is not closed' };
    if (argv.length === 0) return { fault: 'type the command that runs your benchmark' };
    return {
      request: {
        ...shared,
        runner: 'command',
        durationMs: 30_000,
        command: { argv, env: [], format: 'auto', limitMs: 600_000 },
      },
    };
  }
  if (!(seconds > 0 && seconds <= 86_400)) return { fault: 'seconds is a number above 0' };
  const batch = draft.batch.trim() === '' ? undefined : whole(draft.batch);
  if (batch === null || batch === 0) return { fault: 'batch is a whole number from 1' };
  const measured = {
    ...shared,
    durationMs: Math.round(seconds * 1000),
    ...(draft.precision === '' ? {} : { precision: draft.precision }),
    ...(batch === undefined ? {} : { batch }),
  };
  if (draft.workload === ownModel) {
    const path = draft.path.trim();
    return path === ''
      ? { fault: 'type the path of the ONNX model' }
      : { request: { ...measured, workload: path, runner: 'onnx' } };
  }
  const workload = workloads.find(({ id }) => id === draft.workload);
  if (!workload) return { fault: 'choose what to run' };
  if (workload.unavailable) return { fault: `this machine cannot run it: ${workload.unavailable}` };
  return { request: { ...measured, workload: workload.id, runner: workload.runner } };
};

/** About how long it takes, without loading and warm-up, in ms; null for a command. */
export const leastMs = (request: RunRequest): number | null =>
  request.command ? null : request.durationMs * request.repeat * (request.against ? 2 : 1);
