import type { FingerprintValue } from '../../../shared/model/throughput-run.ts';
import { foldStream } from '../runner-stream.ts';
import type { Adapter } from './adapter.ts';
import { isObject } from './foreign-json.ts';
import { refusal } from './result-file.ts';

const unknown = (reason: string): FingerprintValue => ({ value: null, reason });

/** A saved stream of Driftbench's own runner protocol: one file, one run. */
export const protocol: Adapter = {
  format: 'protocol',
  recognises: ({ firstLine }) => isObject(firstLine) && (firstLine.type === 'run' || firstLine.type === 'ready'),
  read: (file) => {
    const stream = foldStream(file.text.split('\n'));
    if (!isObject(file.firstLine) || file.firstLine.type !== 'run' || stream.run === null) {
      throw refusal(file, 'the first line is not a run line with workload id and definition, put it first');
    }
    const { run } = stream;
    const fields = Object.entries(run.fingerprint?.fields ?? {});
    return {
      runs: [
        {
          workload: run.workload.id,
          definition: run.workload.definition,
          item: 'item',
          label: run.label,
          executor: stream.executor ?? { reason: 'the stream has no ready line' },
          fingerprint: Object.fromEntries(
            fields.map(([key, value]) => [key, value ?? unknown('no value in the file')]),
          ),
          precision: run.precision,
          batch: run.batch,
          startedAt: run.startedAt,
          phases: stream.phases,
          samples: stream.samples,
          readings: stream.readings,
          outputDigest: stream.outputDigest,
          outputValues: stream.outputValues,
          noThroughput: stream.samples.some(({ phase }) => phase === 'measure') ? undefined : 'no sample was measured',
          invalidReasons: stream.invalidReasons,
        },
      ],
    };
  },
};
