import { createRandom } from '../src/main/statistics/random.ts';
import {
  falseRegressions,
  power,
  reportedEffect,
  runEffects,
  statedEffect,
  statedWithEarlier,
} from '../test/fixtures/run-simulation.ts';
import { type Benchmark, timed } from './benchmark.ts';

const COMPARISONS = 2000;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(8);

/** Error rates of comparing runs: run sd 1.5 %, 100 iterations of sd 2 %. The figures in docs/methods.md come from here. */
export const benchmark: Benchmark = {
  name: `decisions on runs, ${COMPARISONS} simulated comparisons a line`,
  async run() {
    const { seconds } = await timed(async () => {
      for (const kind of Object.keys(runEffects)) {
        for (const runs of [3, 4, 5, 6, 8, 12]) console.log(line(kind, runs));
      }
    });
    const earlier = await timed(async () => {
      for (const kind of Object.keys(runEffects)) for (const runs of [5, 8, 12]) console.log(earlierLine(kind, runs));
    });
    const reported = await timed(async () => {
      for (const kind of Object.keys(runEffects))
        for (const runs of [3, 5, 8, 12]) console.log(reportedLine(kind, runs));
    });
    return [
      { what: 'error rates and effects', seconds },
      { what: 'reported effects', seconds: reported.seconds },
      { what: 'effects with earlier sessions', seconds: earlier.seconds },
    ];
  },
};

/** What comparisons report of a planted slowdown. */
function reportedLine(kind: string, runs: number): string {
  const random = createRandom(300 + runs);
  const found = [0.03, 0.05, 0.1].map((slowdown) => {
    const { ratio, covered } = reportedEffect(random, kind, runs, slowdown, COMPARISONS);
    return `${ratio.toFixed(3)} ${percent(covered)}`;
  });
  return `${kind.padEnd(10)} ${String(runs).padStart(2)} a side  reported over planted 3, 5, 10 % and intervals that hold it: ${found.join(' | ')}`;
}

function line(kind: string, runs: number): string {
  const random = createRandom(100 + runs);
  const equal = falseRegressions(random, kind, runs, COMPARISONS);
  const { stated, actual } = statedEffect(random, kind, runs, COMPARISONS);
  const found = [0.03, 0.05, 0.1].map((slowdown) => {
    const { told, called, kept } = power(random, kind, runs, slowdown, COMPARISONS / 2);
    return `${percent(told)} ${percent(called)} ${kept === null ? '       -' : percent(kept)}`;
  });
  return [
    `${kind.padEnd(10)} ${String(runs).padStart(2)} a side`,
    `false ${percent(equal.band)} no band ${percent(equal.none)}`,
    `stated ${percent(stated)} actual ${percent(actual)} ratio ${(stated / actual).toFixed(2)}`,
    `planted 3, 5, 10 % (told from none, regression, told where claimed): ${found.join(' | ')}`,
  ].join('  ');
}

/** What eleven earlier sessions do for the stated effect. */
function earlierLine(kind: string, runs: number): string {
  const random = createRandom(200 + runs);
  const { actual } = statedEffect(random, kind, runs, COMPARISONS);
  const stated = statedWithEarlier(random, kind, runs, COMPARISONS / 20);
  return `${kind.padEnd(10)} ${String(runs).padStart(2)} a side, eleven sessions before  stated ${percent(stated)} actual ${percent(actual)} ratio ${(stated / actual).toFixed(2)}`;
}
