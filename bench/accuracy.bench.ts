import { join } from 'node:path';
import { compare } from '../src/main/accuracy/compare.ts';
import { listDatasets, openDataset } from '../src/main/accuracy/open-dataset.ts';
import { CompareRequest } from '../src/shared/model/request.ts';
import { type Benchmark, commandLine, type Measurement, timed } from './benchmark.ts';
import { growingImports } from './imports.ts';
import { importAndCompare, writeIncident } from './incident.ts';

/** Case 1 at full size: 90 x 20 000 predictions, 1.5 M labels. */
export const benchmark: Benchmark = {
  name: 'accuracy, 1.8 M predictions',
  async run(folder) {
    const { seconds: writing, result: datasetFile } = await timed(() => writeIncident(folder, 20_000));
    const whole = await importAndCompare(folder, datasetFile, '1.8 M', { limitSeconds: 8, limitBytes: 1.5 * 2 ** 30 });
    const again = await commandLine([
      ...['--workspace', join(folder, 'workspace'), 'accuracy', 'compare', datasetFile],
      ...['--reference', '2026-03-16..2026-04-15', '--current', '2026-05-08..2026-05-21', '--json'],
    ]);
    return [
      { what: '1.8 M: writing the sample', seconds: writing },
      whole,
      { what: '1.8 M: other windows, a new process', seconds: again.seconds, peakBytes: again.peakBytes },
      ...(await slices(folder)),
      ...(await growingImports(folder, datasetFile, '1.8 M')),
    ];
  },
};

/** What the window does when a brush moves: the process runs and the cache is there. */
async function slices(folder: string): Promise<Measurement[]> {
  const cacheFolder = join(folder, 'workspace', 'cache');
  const [cached] = await listDatasets(cacheFolder);
  if (!cached) throw new Error(`no dataset in ${cacheFolder}`);
  const dataset = await openDataset(cacheFolder, cached.id);
  const work = { signal: new AbortController().signal, progress: () => {} };
  const slice = async (
    what: string,
    request: Omit<CompareRequest, 'dataset' | 'delta' | 'minCell' | 'depth' | 'seed'>,
  ) => {
    const asked = CompareRequest.parse({ dataset: dataset.id, ...request });
    const { seconds } = await timed(() => compare(dataset, asked, work));
    return { what: `1.8 M: ${what}`, seconds, limitSeconds: 1 };
  };
  try {
    const reference = { from: '2026-03-02', to: '2026-04-30' };
    return [
      await slice('re-slice, other windows', {
        reference: { from: '2026-03-10', to: '2026-04-12' },
        current: { from: '2026-05-05', to: '2026-05-18' },
      }),
      await slice('re-slice, one week', { reference, current: { from: '2026-05-18', to: '2026-05-24' } }),
      await slice('re-slice, within one country', {
        reference,
        current: { from: '2026-05-01', to: '2026-05-30' },
        within: { country: 'PT' },
      }),
    ];
  } finally {
    await dataset.close();
  }
}
