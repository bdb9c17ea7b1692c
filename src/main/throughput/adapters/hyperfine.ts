import type { Adapter } from './adapter.ts';
import { asNumber, type Fields, fieldsOf, plain, printed } from './fields.ts';
import { isObject } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { toNs } from './quantity.ts';
import { documentOf, type ResultFile, refusal } from './result-file.ts';

/** Every time of hyperfine is a process of its own, so every one is a run. */
const draftsOf = (file: ResultFile, result: Fields): RunDraft[] => {
  const command = result.text('command');
  const times = result.list('times');
  const codes = result.raw.exit_codes;
  if (Array.isArray(codes) && codes.length !== times.length) {
    throw refusal(file, `${times.length} times but ${codes.length} exit codes of ${command}, export the file again`);
  }
  const parameters = isObject(result.raw.parameters) ? plain(result.raw.parameters) : undefined;
  return times.map((time, index) => {
    const seconds = asNumber(time);
    if (seconds === null) throw refusal(file, `time ${index + 1} of ${command} is not a number, export the file again`);
    const code = Array.isArray(codes) ? codes[index] : undefined;
    const failure =
      code === 0 || code === undefined ? null : code === null ? 'ended by a signal' : `exit code ${printed(code)}`;
    return {
      workload: `hyperfine/${command}`,
      definition: { harness: 'hyperfine', command, parameters },
      item: 'execution',
      executor: { reason: 'hyperfine does not write down the machine' },
      samples: [{ durationNs: toNs(seconds, 's')!, excluded: failure === null ? null : 'failed' }],
      invalidReasons: failure === null ? [] : [`the command failed: ${failure}`],
      notes: codes === undefined ? ['exit codes are not in the file, so a failure cannot be seen'] : [],
    };
  });
};

export const hyperfine: Adapter = {
  format: 'hyperfine',
  recognises: (file) => {
    const value = file.json?.value;
    const first = isObject(value) && Array.isArray(value.results) ? value.results[0] : undefined;
    return isObject(first) && 'command' in first && ('times' in first || 'mean' in first);
  },
  read: (file) => {
    const results = fieldsOf(file, documentOf(file)).children('results');
    const withoutTimes = results.find((result) => !result.has('times'));
    if (withoutTimes) {
      throw refusal(file, `no times of ${withoutTimes.text('command')}, export with --export-json`);
    }
    return { runs: results.flatMap((result) => draftsOf(file, result)) };
  },
};
