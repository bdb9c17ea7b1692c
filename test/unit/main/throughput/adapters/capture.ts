import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from '../../../../../src/main/throughput/adapters/registry.ts';
import { UserFault } from '../../../../../src/shared/errors.ts';
import type { ThroughputRun } from '../../../../../src/shared/model/throughput-run.ts';

const root = join(import.meta.dirname, '../../../../fixtures/captures');

const folders = [
  'aiperf',
  'asv',
  'bencher',
  'criterion',
  'go',
  'google-benchmark',
  'hyperfine',
  'jmh',
  'llama-bench',
  'mlperf',
  'nvbandwidth',
  'perf_analyzer',
  'protocol',
  'pyperf',
  'pytest-benchmark',
  'timm',
  'trtllm-bench',
  'vllm-bench',
];

/** Every result file, as `folder/file`. */
export const captures: string[] = folders.flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
);

export const captureText = (path: string): string => readFileSync(join(root, path), 'utf8');

export const importCapture = (path: string) => parse(captureText(path), basename(path));

/** The one run of a file, or the one whose workload is named. */
export const runOf = (path: string, workload?: string): ThroughputRun => {
  const { runs } = importCapture(path);
  const found = workload === undefined ? runs : runs.filter(({ workload: { id } }) => id === workload);
  if (found.length !== 1) throw new Error(`${found.length} runs of ${workload ?? 'any workload'} in ${path}`);
  return found[0]!;
};

/** The sentence with which a call is refused; any other end is thrown on. */
export const refusalOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    if (error instanceof UserFault) return error.message;
    throw error;
  }
  throw new Error('was not refused');
};
