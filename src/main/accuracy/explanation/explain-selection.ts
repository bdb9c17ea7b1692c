import { Cancelled, UserFault } from '../../../shared/errors.ts';
import type { SelectionExplanation, SelectionFinding, SelectionRequest } from '../../../shared/model/selection.ts';
import { benjaminiHochberg } from '../../statistics/multiplicity.ts';
import { normalSurvival } from '../../statistics/normal.ts';
import { newcombe } from '../../statistics/proportion.ts';
import { type DayRange, dayRange, dayText, instantUs } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { remembered } from '../remembered.ts';
import { insideOf } from '../restricted-rows.ts';
import { inRange, labelled, segmentPredicate } from '../scope.ts';
import { type CountedColumn, columnsOf } from './selection-columns.ts';

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
  const all = [WHOLE, ...columns.map(({ sql }) => sql)].map((sql) => countedBy(sql, population));
  const some = [WHOLE, ...columns.map(({ sql }) => sql)].map((sql) => countedBy(sql, `${population} AND ${chosen}`));
  const [[everywhere, ...counted], [there, ...countedInside]] = await insideOf(dataset, fixed, signal, (narrow) => {
    const database = signal ? narrow.database.withSignal(signal) : narrow.database;
    const read = (sql: string): Promise<Counts> => database.columns(sql) as Promise<Counts>;
    return Promise.all([
      Promise.all(all.map(errorsOnly ? read : (sql) => countsOfWindow(dataset, population, sql))),
      Promise.all(some.map(read)),
    ]);
  });
  const size = there?.n[0] ?? 0;
  const n = { inside: size, rest: (everywhere?.n[0] ?? 0) - size };
  if (n.inside === 0)
    throw new UserFault('the selection holds no rows of the window: choose more days or another segment');
  if (n.rest === 0) throw new UserFault('the selection is the whole window: nothing is left to hold it against');
  const { compared, notEnoughData } = compareValues(columns, counted, countedInside, n, request.minCell);
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

/** Reads ahead what every selection of the current window is held against, one column after the other: nobody waits for it. */
export async function prepareSelections(
  dataset: OpenDataset,
  request: SelectionRequest['request'],
  signal?: AbortSignal,
): Promise<number> {
  const population = populationOf(windowOf(request, null), await segmentPredicate(dataset, request.within ?? {}));
  const { columns } = await columnsOf(dataset, Object.keys(request.within ?? {}), false);
  for (const sql of [WHOLE, ...columns.map((column) => column.sql)]) {
    if (signal?.aborted) throw new Cancelled();
    await countsOfWindow(dataset, population, countedBy(sql, population));
  }
  return columns.length;
}

const populationOf = (window: DayRange, within: string): string => `${inRange(window)} AND ${within}`;

type Counts = Record<'k' | 'n', Float64Array>;

/** Every row under one key. */
const WHOLE = '0';

const countedBy = (sql: string, where: string): string =>
  `SELECT (${sql})::INTEGER AS k, count(*) AS n FROM row WHERE ${where} GROUP BY k ORDER BY k`;

/** What every selection of a window is held against: read once, however many are looked at. */
async function countsOfWindow(dataset: OpenDataset, window: string, sql: string): Promise<Counts> {
  const known = await remembered(dataset, `counts of ${window}`, async () => new Map<string, Promise<Counts>>());
  const counts = known.get(sql) ?? (dataset.database.columns(sql) as Promise<Counts>);
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
  counted: readonly Counts[],
  countedInside: readonly Counts[],
  n: { inside: number; rest: number },
  minCell: number,
): { compared: SelectionFinding[]; notEnoughData: number } {
  let notEnoughData = 0;
  const found: SelectionFinding[] = [];
  columns.forEach((column, at) => {
    const { k, n: rows } = counted[at] as Counts;
    const chosen = countedInside[at] as Counts;
    const insideOfValue = new Map(Array.from(chosen.k, (key, line) => [key, chosen.n[line] as number]));
    // One value only: nothing to differ in.
    if (k.length < 2) return;
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
  });
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
