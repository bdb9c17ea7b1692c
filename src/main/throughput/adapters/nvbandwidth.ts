import type { Adapter } from './adapter.ts';
import { asNumber, type Fields, fieldsOf } from './fields.ts';
import { isObject } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { documentOf, type ResultFile, refusal } from './result-file.ts';

const bytesPerGigabyte = 1e9;

/** 12030 is 12.3. */
const cudaVersion = (code: number | null): string | null =>
  code === null ? null : `${Math.floor(code / 1000)}.${Math.floor((code % 1000) / 10)}`;

interface Test {
  name: string;
  description: string | null;
  fingerprint: RunDraft['fingerprint'];
  driver: string | null;
}

const draftOf = (test: Test, pair: string | null): RunDraft => ({
  workload: `nvbandwidth/${test.name}${pair === null ? '' : `/${pair}`}`,
  definition: { harness: 'nvbandwidth', test: test.name, pair, description: test.description },
  item: 'byte',
  executor: { kind: 'gpu', driver: test.driver, reason: 'nvbandwidth does not name the GPU' },
  fingerprint: test.fingerprint,
  noThroughput: 'the test did not pass',
  noLatency: 'a bandwidth has no latency',
});

/** Every cell of a matrix is one pair of devices; N/A is the pair that does not exist. */
const cellsOf = (file: ResultFile, test: Test, entry: Fields): RunDraft[] =>
  entry.list('bandwidth_matrix').flatMap((row, from) => {
    if (!Array.isArray(row)) throw refusal(file, `matrix of ${test.name} is not a table, run nvbandwidth again`);
    return row.flatMap((cell, to) => {
      if (cell === 'N/A') return [];
      const value = asNumber(cell);
      if (value === null)
        throw refusal(file, `bandwidth of ${test.name} from ${from} to ${to} is not a number, run it again`);
      return [
        {
          ...draftOf(test, `${from}->${to}`),
          throughput: { value: value * bytesPerGigabyte, n: null, from: 'bandwidth_matrix' },
        },
      ];
    });
  });

export const nvbandwidth: Adapter = {
  format: 'nvbandwidth',
  recognises: (file) => isObject(file.json?.value) && 'nvbandwidth' in file.json.value,
  read: (file) => {
    const report = fieldsOf(file, documentOf(file)).child('nvbandwidth');
    const driver = report.maybeText('Driver Version');
    const fingerprint = {
      driver,
      cuda: cudaVersion(report.maybeNumber('CUDA Runtime Version')),
      nvbandwidth: report.maybeText('git_version'),
    };
    const runs: RunDraft[] = [];
    const remarks: string[] = [];
    for (const entry of report.children('testcases')) {
      const test: Test = {
        name: entry.text('name'),
        description: entry.maybeText('bandwidth_description'),
        fingerprint,
        driver,
      };
      const status = entry.text('status');
      if (/^waived$/i.test(status)) remarks.push(`${test.name} was waived on this machine and is no run`);
      else if (!/^passed$/i.test(status)) {
        runs.push({ ...draftOf(test, null), invalidReasons: [`nvbandwidth says ${status}`] });
      } else if (/GB\/s/.test(test.description ?? 'GB/s')) runs.push(...cellsOf(file, test, entry));
      else remarks.push(`${test.name} is not in GB/s and was not read`);
    }
    return { runs, remarks };
  },
};
