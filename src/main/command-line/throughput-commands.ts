import { UserFault } from '../../shared/errors.ts';
import type { ExitCode } from './outcome.ts';
import type { CommandSession } from './session.ts';
import type { ThroughputCommands } from './throughput-program.ts';

interface ThroughputHost {
  session(command: (session: CommandSession) => Promise<ExitCode>): Promise<ExitCode>;
}

export const throughputCommandsOf = ({ session }: ThroughputHost): ThroughputCommands => ({
  workloads: () =>
    session(async ({ client, answer }) => {
      const found = await client.throughput.workloads();
      const { workloadsText } = await import('./text-runs.ts');
      answer(found, workloadsText(found.workloads));
      return 0;
    }),
  run: async (workload, argv, options) => {
    const { runRequest } = await import('./run-arguments.ts');
    const request = runRequest(workload, argv, options);
    return session(async ({ client, follow, answer, remark }) => {
      const before = new Set((await client.throughput.runs()).map(({ id }) => id));
      try {
        const recorded = await follow(client.throughput.run(request));
        const { invalidText, runsText } = await import('./text-runs.ts');
        answer({ runs: recorded.runs }, runsText(recorded));
        const invalid = invalidText(recorded.runs);
        if (invalid !== null) remark(invalid);
        return 0;
      } catch (error) {
        const kept = (await client.throughput.runs()).filter(({ id }) => !before.has(id));
        if (kept.length > 0)
          remark(
            `kept: ${kept
              .map(({ id }) => id)
              .reverse()
              .join(' ')}`,
          );
        throw error;
      }
    });
  },
  import: (files, { format = 'auto' }) =>
    session(async ({ client, follow, answer, remark }) => {
      const recorded = await follow(client.throughput.import({ files, format }));
      const { invalidText, runsText } = await import('./text-runs.ts');
      answer({ runs: recorded.runs }, runsText(recorded));
      const invalid = invalidText(recorded.runs);
      if (invalid !== null) remark(invalid);
      return 0;
    }),
  compare: async (baseline, options) => {
    const { throughputCompareRequest } = await import('./decision-arguments.ts');
    const request = throughputCompareRequest(baseline, options);
    return session(async ({ client, answer }) => {
      const comparison = await client.throughput.compare(request);
      const { throughputComparisonText } = await import('./text-throughput-comparison.ts');
      answer(comparison, throughputComparisonText(comparison));
      return options.failOn === comparison.verdict ? 3 : 0;
    });
  },
  history: async (file, options) => {
    if ((file === undefined) === (options.workload === undefined)) {
      throw new UserFault('history takes a file or --workload, one of the two');
    }
    const { historyRequest } = await import('./decision-arguments.ts');
    const request = historyRequest(file, options);
    return session(async ({ client, answer }) => {
      const history = await client.throughput.history(request);
      const { historyText } = await import('./text-history.ts');
      answer(history, historyText(history));
      return 0;
    });
  },
});
