import { createRandom } from '../../statistics/random.ts';
import { expectedRight, solve } from './calibration.ts';
import { type Draws, dayDraws, rowDraws, streams } from './noise.ts';
import { real } from './real.ts';
import { applied, isActive, type Place, type Scenario } from './scenario.ts';
import { drawCategory, listItem, sharesOf } from './shares.ts';

/** A scenario with its seed: everything the rows of any day are made from. */
export interface World {
  scenario: Scenario;
  seed: number;
  draws: Draws;
  /** What each value of each segment column adds. */
  effects: number[][];
  /** Standard deviation of the logit within one cell. */
  sd: number;
  /** Lowest probability of the predicted class; a binary prediction is never less likely than its opposite. */
  floor: number;
  base: number;
  centreOf(target: number): number;
}

export function createWorld(scenario: Scenario, seed: number): World {
  const random = createRandom(seed);
  const effects = scenario.segments.map((column) => column.values.map(() => column.spread * random.normal()));
  const sd = Math.hypot(scenario.noise, scenario.dayEffect, ...scenario.features.map((feature) => feature.effect));
  const floor = scenario.task === 'binary' ? 0.5 : 0;
  const centreOf = (target: number) => solve((centre) => expectedRight(centre, sd, floor), target);
  const world = { scenario, seed, draws: rowDraws('row', seed), effects, sd, floor, base: 0, centreOf };
  return scenario.world === 'correctness' ? { ...world, base: baseOf(world) } : world;
}

/** The common logit that makes the whole of day 0 as accurate as the scenario says. */
function baseOf({ scenario, effects, sd, floor, centreOf }: World): number {
  const step = 0.02;
  const reach = 15;
  const table = Array.from({ length: (2 * reach) / step + 1 }, (_, k) => expectedRight(k * step - reach, sd, floor));
  const right = (centre: number) => {
    const at = Math.min(Math.max((centre + reach) / step, 0), table.length - 2);
    const k = Math.floor(at);
    return table[k]! + (at - k) * (table[k + 1]! - table[k]!);
  };
  const cells = cellsOf(scenario, effects).map((cell) => ({ ...cell, fixed: fixedCentre(scenario, cell, centreOf) }));
  const overall = (base: number) =>
    cells.reduce((sum, { share, effect, fixed }) => sum + share * right(fixed ?? base + effect), 0);
  return solve(overall, scenario.accuracy);
}

interface Cell {
  place: Place;
  share: number;
  effect: number;
}

function cellsOf(scenario: Scenario, effects: number[][]): Cell[] {
  let cells: Cell[] = [{ place: {}, share: 1, effect: 0 }];
  for (const [index, column] of scenario.segments.entries()) {
    const shares = sharesOf(column);
    cells = cells.flatMap((cell) =>
      column.values.map((value, k) => ({
        place: { ...cell.place, [column.name]: value },
        share: cell.share * shares[k]!,
        effect: cell.effect + effects[index]![k]!,
      })),
    );
  }
  return cells;
}

function fixedCentre(scenario: Scenario, cell: Cell, centreOf: (target: number) => number): number | undefined {
  let fixed: number | undefined;
  for (const step of scenario.interventions) {
    if (step.kind !== 'accuracy' || step.target === undefined || !isActive(step, 0)) continue;
    if (Object.entries(step.where).every(([column, value]) => cell.place[column] === value)) {
      fixed = centreOf(step.target);
    }
  }
  return fixed;
}

/** SQL that draws a value number of one segment column; `sharesNow` turns its shares into those to draw from. */
export function drawSegment(
  { scenario, draws }: World,
  index: number,
  sharesNow: (shares: number[]) => number[] = (shares) => shares,
): string {
  const column = scenario.segments[index]!;
  const uniform = draws.uniform(streams.segment(index));
  let drawn = drawCategory(sharesNow(sharesOf(column)), uniform);
  for (const step of scenario.interventions) {
    if (step.kind !== 'mix' || step.column !== column.name) continue;
    drawn = applied(step, drawn, drawCategory(sharesNow(sharesOf(column, step.shares)), uniform));
  }
  return drawn;
}

/** SQL condition over the columns s0, s1, ... that hold value numbers. */
export function placeCondition(scenario: Scenario, where: Place): string {
  const tests = Object.entries(where).map(([name, value]) => {
    const index = scenario.segments.findIndex((column) => column.name === name);
    const code = scenario.segments[index]?.values.indexOf(value) ?? -1;
    if (code < 0) throw new RangeError(`unknown place: ${name} = ${value}`);
    return `s${index} = ${code}`;
  });
  return tests.length > 0 ? tests.join(' AND ') : 'true';
}

/** SQL that rounds half up; DuckDB's own round costs ten times as much. */
export const rounded = (value: string, digits: number): string =>
  `floor((${value}) * 1e${digits} + 0.5e0) / 1e${digits}`;

/** SQL sum of what a row's segment values add. */
export function effectSum(world: World): string {
  return ['0e0', ...world.effects.map((effects, index) => listItem(effects, `s${index}`))].join(' + ');
}

/** SQL of the day's own effect: one draw for all rows of the day. */
export function dayEffect(world: World): string {
  const { dayEffect: sd } = world.scenario;
  return sd === 0 ? '0e0' : `${real(sd)} * ${dayDraws('day', world.seed).normal(streams.noise)}`;
}
