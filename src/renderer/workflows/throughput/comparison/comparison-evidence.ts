import { quoted } from '../../../../shared/commands.ts';
import type { ThroughputComparison } from '../../../../shared/model/throughput-comparison.ts';
import { counted, percent } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import type { Evidence } from '../../../evidence/evidence.ts';
import { sourceNames, workloadsName } from '../run-list.ts';

type Document = ThroughputComparison;

/** The command that repeats the comparison, with everything that was fixed before looking. */
export const comparisonCommand = ({ baseline, candidate, settings }: Document): string =>
  [
    `driftbench throughput compare ${baseline.map(({ id }) => quoted(id)).join(' ')}`,
    ...candidate.map(({ id }) => `--with ${quoted(id)}`),
    `--metric ${quoted(settings.metric)}`,
    `--delta ${settings.delta}`,
    `--seed ${settings.seed}`,
    '--json',
  ].join(' \\\n  ');

const sideText = (runs: Document['baseline']): string => {
  const names = sourceNames(runs);
  return `${counted(runs.length, 'run')}${names.length > 0 ? ` (${names.slice(0, 2).join(', ')}${names.length > 2 ? ' and others' : ''})` : ''}`;
};

export const captionOf = ({ baseline, candidate, settings }: Document): string =>
  visibleText(
    `${workloadsName(baseline)}: baseline ${sideText(baseline)}, candidate ${sideText(candidate)}; tolerance ±${percent(settings.delta)}`,
  );

/** Evidence of one part of a comparison of runs. */
export const evidenceOf = (
  comparison: Document,
  part: { pointer: string; json: unknown; methods?: readonly string[]; n?: string },
): Evidence => ({
  json: part.json,
  pointer: part.pointer,
  methods: part.methods ?? [],
  n:
    part.n ??
    `${counted(comparison.baseline.length, 'baseline run')} and ${counted(comparison.candidate.length, 'candidate run')}`,
  caption: captionOf(comparison),
  command: comparisonCommand(comparison),
  hashes: [
    ...new Map([...comparison.baseline, ...comparison.candidate].map(({ workload }) => [workload.hash, workload.id])),
  ].map(([value, name]) => ({ name: `workload ${visibleText(name)}`, value })),
});
