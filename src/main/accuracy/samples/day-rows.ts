import { quoteLiteral } from '../../platform/sql.ts';
import { classifiedLayers } from './classified-rows.ts';
import { exportedFeatures, latentFeatures } from './features.ts';
import { streams } from './noise.ts';
import { outcomeLayer, outcomeLayers, outcomeSegments, outcomeShift } from './outcome-rows.ts';
import { real } from './real.ts';
import { regressionLayers } from './regression-rows.ts';
import type { Latency } from './scenario.ts';
import { drawSegment, rounded, type World } from './world.ts';

const dayUs = 86_400_000_000;
/** 95 % quantile of the standard normal. */
const z95 = 1.6448536269514722;

/**
 * SQL of the rows of some days: row, day, at_us, s0.. (text), f0.. (double), guess, score, truth, label_us
 * (NULL: never labelled). One statement for several days, because planning it costs more than a small day's rows.
 */
export function dayRows(world: World, from: number, days: number, firstDayUs: number): string {
  const { scenario, draws } = world;
  const rows = scenario.rowsPerDay;
  const instant = `${firstDayUs} + day * ${dayUs} + floor((row % ${rows} + ${draws.uniform(streams.instant)}) * ${real(dayUs / rows)})::BIGINT AS at_us`;
  const layers = [
    ...(scenario.world === 'outcome'
      ? [[instant, ...outcomeLayer(world)], outcomeSegments(world)]
      : [[instant, ...scenario.segments.map((_, index) => `${drawSegment(world, index)} AS s${index}`)]]),
    latentFeatures(world, scenario.world === 'outcome' ? outcomeShift(world) : undefined),
    ...(scenario.world === 'correctness' ? classifiedLayers(world) : []),
    ...(scenario.world === 'outcome' ? outcomeLayers(world) : []),
    ...(scenario.world === 'regression' ? regressionLayers(world) : []),
  ];
  const source = `SELECT row, (row // ${rows})::INTEGER AS day FROM range(${from * rows}, ${(from + days) * rows}) AS r(row)`;
  const stacked = layers.reduce((inner, columns) => `SELECT *, ${columns.join(', ')} FROM (${inner})`, source);
  const segments = scenario.segments.map(
    ({ values }, index) => `list_extract([${values.map(quoteLiteral).join(', ')}], s${index} + 1) AS s${index}`,
  );
  const outputs = [
    'row',
    'day',
    'at_us',
    ...segments,
    ...exportedFeatures(world),
    `${named(world, 'guess')} AS guess`,
    `${rounded('score', 6)} AS score`,
    `${named(world, 'truth')} AS truth`,
    `CASE WHEN ${draws.uniform(streams.never)} < ${real(scenario.latency.neverShare)} THEN NULL
      ELSE at_us + ceil(${delayDays(world)} * ${real(dayUs)})::BIGINT END AS label_us`,
  ];
  return `SELECT ${outputs.join(', ')} FROM (${stacked})`;
}

function named({ scenario }: World, column: string): string {
  if (scenario.task !== 'multiclass') return column;
  return `list_extract([${scenario.classes.map(quoteLiteral).join(', ')}], ${column} + 1)`;
}

function delayDays({ scenario, draws }: World): string {
  const normal = draws.normal(streams.latency);
  const delay = ({ medianDays, p95Days }: Latency) =>
    `exp(${real(Math.log(medianDays))} + ${real(Math.log(p95Days / medianDays) / z95)} * ${normal})`;
  const { whenWrong } = scenario.latency;
  return whenWrong
    ? `CASE WHEN wrong THEN ${delay(whenWrong)} ELSE ${delay(scenario.latency)} END`
    : delay(scenario.latency);
}
