import { RunRequest } from '../../shared/model/workload.ts';
import { accepted } from './arguments.ts';
import type { RunOptions } from './throughput-program.ts';

export const runRequest = (workload: string | undefined, _argv: string[], options: RunOptions): RunRequest =>
  accepted(RunRequest, { workload, ...options });
