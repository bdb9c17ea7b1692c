import type { ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import { count, counted, instant } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import type { Evidence } from '../../../evidence/evidence.ts';

/** Samples that count. */
export const countedSamples = (run: ThroughputRun) =>
  run.samples.filter(({ phase, excluded }) => phase === 'measure' && excluded === null);

/** What was executed where and when; with its label where the picture leaves the page. */
export const captionOf = (run: ThroughputRun, label = run.label ?? ''): string =>
  visibleText(
    [
      run.workload.id,
      run.precision ?? '',
      run.batch === null ? '' : `batch ${run.batch}`,
      run.executor.name ?? '',
      run.startedAt === null ? '' : instant(run.startedAt),
      label,
    ]
      .filter(Boolean)
      .join(', '),
  );

/** Evidence of one part of a run. */
export const evidenceOf = (
  run: ThroughputRun,
  part: { pointer: string; json: unknown; methods?: readonly string[]; n?: string },
): Evidence => ({
  json: part.json,
  pointer: part.pointer,
  methods: part.methods ?? [],
  n:
    part.n ??
    (run.samples.length === 0
      ? 'statistics of the file; it has no samples'
      : `${count(countedSamples(run).length)} of ${counted(run.samples.length, 'sample')}`),
  caption: captionOf(run),
  hashes: [
    { name: 'workload', value: run.workload.hash },
    { name: 'fingerprint', value: run.fingerprint.hash },
    ...(run.outputDigest === null ? [] : [{ name: 'output', value: run.outputDigest }]),
    ...(run.source ? [{ name: `file ${visibleText(run.source.file)}`, value: run.source.sha256 }] : []),
  ],
});
