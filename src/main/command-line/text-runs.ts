import type { ThroughputRun } from '../../shared/model/throughput-run.ts';
import type { Workload } from '../../shared/model/workload.ts';
import { textTable } from './text-table.ts';

export const workloadsText = (workloads: readonly Workload[]): string =>
  `${textTable(workloads.map(({ id, runner, text }) => [id, runner, text])).join('\n')}\n`;

export const runsText = ({ runs, remarks }: { runs: readonly ThroughputRun[]; remarks: readonly string[] }): string =>
  `${[...textTable(runs.map(({ id, workload }) => [id, workload.id])), ...remarks].join('\n')}\n`;
