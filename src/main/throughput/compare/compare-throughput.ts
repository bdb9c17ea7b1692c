import { UserFault } from '../../../shared/errors.ts';
import type { RunSummary, ThroughputComparison } from '../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { fingerprintDifference } from '../fingerprint/difference.ts';
import { causesOf, type InvalidRuns, type JudgedWorkload, speedOf } from './causes.ts';
import { forbidden, type GroupPair, matchGroups } from './comparability.ts';
import { metricOf } from './metric-name.ts';
import { overall, undecided } from './overall.ts';
import { remarksOf } from './remarks.ts';
import { groupName, groupRuns } from './run-group.ts';
import { sideFingerprint } from './side-fingerprint.ts';
import { readingsOfPairs } from './side-readings.ts';
import { sideTelemetry } from './side-telemetry.ts';
import { areTables, compareRunTables } from './tables.ts';
import { decideWorkload, type MeasuredWorkload, measureWorkload, primaryVerdicts } from './workload-comparison.ts';
import { roleOf } from './workload-role.ts';

export interface ThroughputQuestion {
  baseline: readonly ThroughputRun[];
  candidate: readonly ThroughputRun[];
  settings: ThroughputComparison['settings'];
  /** Every earlier run there is: those of the same workload on the same unchanged executor give its noise floor. */
  earlier: readonly ThroughputRun[];
  summaryOf(run: ThroughputRun): RunSummary;
}

type Side = 'baseline' | 'candidate';

const requireSides = ({ baseline, candidate }: ThroughputQuestion): void => {
  for (const [side, runs] of Object.entries({ baseline, candidate })) {
    if (runs.length === 0) throw new UserFault(`no run on a side, name at least one: ${side}`);
  }
  const ids = new Set(baseline.map(({ id }) => id));
  const both = candidate.find(({ id }) => ids.has(id));
  if (both) throw new UserFault(`a run stands on both sides, name it on one of them: ${both.id}`);
};

/** A run that was named twice counts once. */
const once = (runs: readonly ThroughputRun[]): ThroughputRun[] => [
  ...new Map(runs.map((run) => [run.id, run])).values(),
];

const invalidOf = (runs: readonly ThroughputRun[], side: Side): ThroughputComparison['excludedRuns'] =>
  runs
    .filter(({ valid }) => !valid)
    .map(({ id, invalidReasons }) => ({
      id,
      side,
      reasons: invalidReasons.length > 0 ? invalidReasons : ['not valid, without a reason'],
    }));

const validOf = ({ baseline, candidate }: GroupPair) => ({
  baseline: baseline.runs.filter(({ valid }) => valid),
  candidate: candidate.runs.filter(({ valid }) => valid),
});

const emptySide = (pair: GroupPair): Side | null => {
  const sides = validOf(pair);
  return sides.baseline.length === 0 ? 'baseline' : sides.candidate.length === 0 ? 'candidate' : null;
};

const withoutSide = (pair: GroupPair, side: Side): string => {
  const { runs } = pair[side];
  const reason = runs[0]?.invalidReasons[0] ?? 'no reason given';
  return `${groupName(pair.baseline)}: none of ${runs.length} ${side} runs is valid, the first: ${reason}`;
};

const judged = (
  measured: readonly MeasuredWorkload[],
  settings: ThroughputComparison['settings'],
): JudgedWorkload[] => {
  const probe = measured.find(({ pair }) => roleOf(pair.baseline.workload.id) === 'probe');
  const probeSpeed = probe ? speedOf(probe) : null;
  const verdicts = primaryVerdicts(measured, settings.delta);
  return measured.map((workload, i) => {
    const own = workload === probe ? null : probeSpeed;
    return { measured: workload, ...decideWorkload(workload, verdicts[i] ?? workload.alone, settings, own) };
  });
};

/** The first reasons in one sentence; all of them stand in `reasons`. */
const firstOf = (reasons: readonly string[]): string => {
  const more = reasons.length - 3;
  return `${reasons.slice(0, 3).join('; ')}${more > 0 ? `; and further reasons: ${more}` : ''}`;
};

const invalidCandidates = (pairs: readonly GroupPair[]): InvalidRuns => {
  const all = pairs.flatMap(({ candidate }) => candidate.runs);
  const invalid = all.filter(({ valid }) => !valid);
  const [first] = invalid;
  if (!first) return { candidate: null };
  return { candidate: { runs: invalid.length, all: all.length, reason: first.invalidReasons[0] ?? 'no reason given' } };
};

/**
 * Holds candidate runs against baseline runs: comparability first, then each workload of both sides by itself, then the verdict on all, then what may be the
 * cause. The same runs, settings and seed give the same answer, byte for byte.
 */
export const compareThroughput = (question: ThroughputQuestion): ThroughputComparison => {
  requireSides(question);
  const { settings, summaryOf } = question;
  metricOf(settings.metric);
  const [baseline, candidate] = [once(question.baseline), once(question.candidate)];
  if (areTables(baseline, candidate)) return compareRunTables(baseline, candidate, settings);
  const { pairs, reasons: unmatched } = matchGroups(groupRuns(baseline), groupRuns(candidate));
  const refused = pairs.flatMap((pair) => forbidden(pair) ?? []);
  const allowed = pairs.filter((pair) => forbidden(pair) === null);
  const empty = allowed.filter((pair) => emptySide(pair) !== null);
  const usable = allowed.filter((pair) => emptySide(pair) === null);
  const named = new Set([...baseline, ...candidate].map(({ id }) => id));
  const earlier = question.earlier.filter(({ id }) => !named.has(id));
  const measured = usable.map((pair) => measureWorkload(pair, validOf(pair), settings, earlier));
  const workloads = judged(measured, settings);
  const parts = workloads.map(({ comparison }) => comparison);
  const reasons = [...unmatched, ...refused, ...empty.map((pair) => withoutSide(pair, emptySide(pair) as Side))];
  const decision =
    parts.length > 0
      ? overall(parts, settings)
      : pairs.length > 0
        ? undecided('invalid', `invalid: ${firstOf(reasons.slice(unmatched.length))}`)
        : undecided('not comparable', `not comparable: ${firstOf(reasons)}`);
  const compared = pairs.length > 0 ? pairs : matchlessPair(baseline, candidate);
  const fingerprints = {
    baseline: sideFingerprint(compared.flatMap((pair) => pair.baseline.runs)),
    candidate: sideFingerprint(compared.flatMap((pair) => pair.candidate.runs)),
  };
  const differences = fingerprintDifference(fingerprints.baseline, fingerprints.candidate);
  const unmeasured = empty.map((pair) => ({
    pair,
    telemetry: { baseline: sideTelemetry(pair.baseline.runs), candidate: sideTelemetry(pair.candidate.runs) },
  }));
  return {
    schema: 'driftbench/throughput-comparison@1',
    comparable: usable.length > 0 || empty.length > 0,
    reasons,
    settings,
    baseline: baseline.map(summaryOf),
    candidate: candidate.map(summaryOf),
    excludedRuns: [...invalidOf(baseline, 'baseline'), ...invalidOf(candidate, 'candidate')],
    ...decision,
    workloads: parts,
    fingerprints,
    fingerprintDifference: differences,
    readings: readingsOfPairs(workloads, unmeasured),
    causes:
      pairs.length === 0
        ? []
        : causesOf(
            workloads,
            differences,
            invalidCandidates(allowed),
            unmeasured.map(({ telemetry }) => telemetry),
          ),
    remarks: remarksOf(workloads, fingerprints, { baseline, candidate }),
  };
};

/** Sides without a common workload still have a stack each, and its difference is worth seeing. */
const matchlessPair = (baseline: ThroughputRun[], candidate: ThroughputRun[]) => [
  { baseline: { runs: baseline }, candidate: { runs: candidate } },
];
