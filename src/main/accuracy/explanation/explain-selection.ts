import { Cancelled, UserFault } from '../../../shared/errors.ts';
import type { SelectionExplanation, SelectionFinding, SelectionRequest } from '../../../shared/model/selection.ts';
import { atHalfPace } from '../../platform/clock.ts';
import { benjaminiHochberg } from '../../statistics/multiplicity.ts';
import { normalSurvival } from '../../statistics/normal.ts';
import { newcombe } from '../../statistics/proportion.ts';
import { type DayRange, dayRange, dayText, instantUs } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { remembered } from '../remembered.ts';
import { insideOf } from '../restricted-rows.ts';
import { inRange, labelled, segmentPredicate } from '../scope.ts';
import { type CountedColumn, columnsOf } from './selection-columns.ts';
import { type Counted, type Counts, countingsOf } from './value-counts.ts';

const METHOD = 'share inside against the rest, newcombe; p of two proportions, benjamini-hochberg; ranked by Cohen h@1';
const LEVEL = 0.95;
const MOST_LISTED = 100;
/** Differences at or above this adjusted p are listed after all others. */
const ALPHA = 0.05;

/**
 * Which values are more or less frequent inside a selection than in the rest of the same window. Counts only, rows taken as
 * independent: it says what is different, not what is the cause.
 */
export async function explainSelection(
  dataset: OpenDataset,
  { request, selection }: SelectionRequest,
  signal?: AbortSignal,
): Promise<SelectionExplanation> {
  const { segment = {}, days, errorsOnly } = selection;
  const picked = Object.keys(segment).length > 0;
  if (!picked && !days && !errorsOnly)
    throw new UserFault('nothing is selected: choose a segment, days, or errors only');
  if (errorsOnly && dataset.spec.task === 'regression') {
    throw new UserFault('a regression has no right or wrong rows: select a segment or days');
  }
  const asOfUs = request.asOf ? instantUs(request.asOf) : dataset.lastInstantUs;
  const window = windowOf(request, days ? dayRange(days, 'selected') : null);
  const within = await segmentPredicate(dataset, request.within ?? {});
  const inside = `${await segmentPredicate(dataset, segment)} AND ${days ? inRange(dayRange(days, 'selected')) : 'TRUE'}`;
  const rows = populationOf(window, within);
  const [population, chosen] = errorsOnly
    ? [`${rows} AND ${inside} AND ${labelled(dataset, asOfUs)} AND predicted IS NOT NULL`, 'predicted <> label']
    : [rows, inside];
  const fixed = { ...request.within, ...segment };
  const { columns, leftOut } = await columnsOf(dataset, Object.keys(fixed), errorsOnly);
  const countings = countingsOf([WHOLE, ...columns]);
  const sqlOf = (where: string): string[] => countings.map(({ by }) => by.sql(where));
  const [all, some] = [sqlOf(population), sqlOf(`${population} AND ${chosen}`)];
  const [everywhere, there] = await insideOf(dataset, fixed, signal, (narrow) => {
    const database = signal ? narrow.database.withSignal(signal) : narrow.database;
    const read = (sql: string) => database.columns(sql);
    return Promise.all([
      countsBy(countings, all, errorsOnly ? read : (sql) => countsOfWindow(dataset, population, sql)),
      countsBy(countings, some, read),
    ]);
  });
  const size = there.get(WHOLE)?.n[0] ?? 0;
  const n = { inside: size, rest: (everywhere.get(WHOLE)?.n[0] ?? 0) - size };
  if (n.inside === 0)
    throw new UserFault('the selection holds no rows of the window: choose more days or another segment');
  if (n.rest === 0) throw new UserFault('the selection is the whole window: nothing is left to hold it against');
  const { compared, notEnoughData } = compareValues(columns, everywhere, there, n, request.minCell);
  return {
    schema: 'driftbench/selection-explanation@1',
    dataset: { id: dataset.id, name: dataset.name, sha256: dataset.sha256 },
    selection,
    window: { from: dayText(window.from), to: dayText(window.to) },
    rest: errorsOnly ? 'the right predictions among the same rows' : 'the other rows of the window',
    n,
    findings: ranked(compared).slice(0, MOST_LISTED),
    tested: compared.length,
    notEnoughData,
    leftOut,
    method: METHOD,
    sql: [...all, ...some],
  };
}

/**
 * Reads ahead what every selection of the current window is held against. Nobody waits for it: one scan after the other, each followed by
 * a rest as long as itself, for what a person does meanwhile.
 */
export async function prepareSelections(
  dataset: OpenDataset,
  request: SelectionRequest['request'],
  signal?: AbortSignal,
): Promise<number> {
  const population = populationOf(windowOf(request, null), await segmentPredicate(dataset, request.within ?? {}));
  const { columns } = await columnsOf(dataset, Object.keys(request.within ?? {}), false);
  for (const { by } of countingsOf([WHOLE, ...columns])) {
    if (signal?.aborted) throw new Cancelled();
    await atHalfPace(() => countsOfWindow(dataset, population, by.sql(population)));
  }
  return columns.length;
}

const populationOf = (window: DayRange, within: string): string => `${inRange(window)} AND ${within}`;

/** Every row under one key. */
const WHOLE: Counted = { code: '0' };

type Answer = Record<string, Float64Array>;

/** The counts of each column, by one query for each counting. */
async function countsBy(
  countings: ReturnType<typeof countingsOf>,
  queries: readonly string[],
  read: (sql: string) => Promise<Answer>,
): Promise<Map<Counted, Counts>> {
  const answers = await Promise.all(queries.map(read));
  return new Map(
    countings.flatMap(({ columns, by }, i) => {
      const counts = by.counts(answers[i] as Answer);
      return columns.map((column, j): [Counted, Counts] => [column, counts[j] as Counts]);
    }),
  );
}

/** What every selection of a window is held against: read once, however many are looked at. */
async function countsOfWindow(dataset: OpenDataset, window: string, sql: string): Promise<Answer> {
  const known = await remembered(dataset, `counts of ${window}`, async () => new Map<string, Promise<Answer>>());
  const counts = known.get(sql) ?? dataset.database.columns(sql);
  known.set(sql, counts);
  counts.catch(() => known.delete(sql));
  return counts;
}

/** The window the days lie in, the current one without days; days of neither are held against the whole span. */
function windowOf(request: SelectionRequest['request'], days: DayRange | null): DayRange {
  const reference = dayRange(request.reference, 'reference');
  const current = dayRange(request.current, 'current');
  if (!days) return current;
  for (const window of [current, reference]) if (days.from >= window.from && days.to <= window.to) return window;
  return {
    from: Math.min(reference.from, current.from, days.from),
    to: Math.max(reference.to, current.to, days.to),
  };
}

function compareValues(
  columns: readonly CountedColumn[],
  counted: ReadonlyMap<Counted, Counts>,
  countedInside: ReadonlyMap<Counted, Counts>,
  n: { inside: number; rest: number },
  minCell: number,
): { compared: SelectionFinding[]; notEnoughData: number } {
  let notEnoughData = 0;
  const found: SelectionFinding[] = [];
  for (const column of columns) {
    const { k, n: rows } = counted.get(column) as Counts;
    const chosen = countedInside.get(column) as Counts;
    const insideOfValue = new Map(Array.from(chosen.k, (key, line) => [key, chosen.n[line] as number]));
    // One value only: nothing to differ in.
    if (k.length < 2) continue;
    for (let line = 0; line < k.length; line++) {
      const a = insideOfValue.get(k[line] as number) ?? 0;
      const b = (rows[line] as number) - a;
      if (a + b < minCell) {
        notEnoughData += 1;
        continue;
      }
      const inside = { n: a, share: a / n.inside };
      const rest = { n: b, share: b / n.rest };
      found.push({
        kind: column.kind,
        column: column.name,
        value: column.nameOf(k[line] as number),
        inside,
        rest,
        lift: rest.share > 0 ? inside.share / rest.share : null,
        difference: { ...newcombe(a, n.inside, b, n.rest, LEVEL), n: n.inside + n.rest },
        pAdjusted: twoProportions(a, n.inside, b, n.rest),
      });
    }
  }
  const adjusted = benjaminiHochberg(found.map(({ pAdjusted }) => pAdjusted));
  return { compared: found.map((one, i) => ({ ...one, pAdjusted: adjusted[i] as number })), notEnoughData };
}

/** Two-sided p of equal shares, pooled variance; 1 where every row or none has the value. */
function twoProportions(a: number, n: number, b: number, m: number): number {
  const pooled = (a + b) / (n + m);
  const variance = pooled * (1 - pooled) * (1 / n + 1 / m);
  return variance > 0 ? Math.min(1, 2 * normalSurvival(Math.abs(a / n - b / m) / Math.sqrt(variance))) : 1;
}

/** Difference of shares on the arcsine scale (Cohen 1988): as far from 0.01 to 0.05 as from 0.5 to 0.6, and finite at 0 and 1. */
const cohenH = ({ inside, rest }: SelectionFinding): number =>
  2 * Math.asin(Math.sqrt(inside.share)) - 2 * Math.asin(Math.sqrt(rest.share));

/** What chance does not explain first, farthest first, of equals the more frequent inside. */
function ranked(findings: readonly SelectionFinding[]): SelectionFinding[] {
  return findings
    .map((finding, index) => {
      const h = cohenH(finding);
      // Both values of a two-valued column are equally far, but for rounding.
      return { finding, index, late: finding.pAdjusted >= ALPHA ? 1 : 0, far: Math.round(Math.abs(h) * 1e9), h };
    })
    .sort((x, y) => x.late - y.late || y.far - x.far || Math.sign(y.h) - Math.sign(x.h) || x.index - y.index)
    .map(({ finding }) => finding);
}
