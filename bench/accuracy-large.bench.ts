import type { Benchmark } from './benchmark.ts';
import { importAndCompare, writeIncident } from './incident.ts';

/** The same at 10 M predictions. */
export const benchmark: Benchmark = {
  name: 'accuracy, 10 M predictions',
  async run(folder) {
    const datasetFile = await writeIncident(folder, 111_112);
    return [await importAndCompare(folder, datasetFile, '10 M', { limitSeconds: 40 })];
  },
};
