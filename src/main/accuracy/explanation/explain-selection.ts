import { UserFault } from '../../../shared/errors.ts';
import type { SelectionExplanation, SelectionFinding, SelectionRequest } from '../../../shared/model/selection.ts';
import { benjaminiHochberg } from '../../statistics/multiplicity.ts';
import { normalSurvival } from '../../statistics/normal.ts';
import { newcombe } from '../../statistics/proportion.ts';
import { type DayRange, dayRange, dayText, instantUs } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
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
  const database = signal ? dataset.database.withSignal(signal) : dataset.database;
  const asOfUs = request.asOf ? instantUs(request.asOf) : dataset.lastInstantUs;
  const window = windowOf(request, days ? dayRange(days, 'selected') : null);
  const within = await segmentPredicate(dataset, request.within ?? {});
  const inside = `${await segmentPredicate(dataset, segment)} AND ${days ? inRange(dayRange(days, 'selected')) : 'TRUE'}`;
  const rows = `${inRange(window)} AND ${within}`;
  const [population, chosen] = errorsOnly
    ? [`${rows} AND ${inside} AND ${labelled(dataset, asOfUs)} AND predicted IS NOT NULL`, 'predicted <> label']
    : [rows, inside];
  const fixed = [...Object.keys(request.within ?? {}), ...Object.keys(segment)];
  const { columns, leftOut } = await columnsOf(dataset, fixed, errorsOnly);
  const total = `SELECT count(*) AS n, count(*) FILTER (${chosen}) AS i FROM row WHERE ${population}`;
  const statements = columns.map(
    ({ sql }) =>
      `SELECT (${sql})::INTEGER AS k, count(*) AS n, count(*) FILTER (${chosen}) AS i FROM row WHERE ${population} GROUP BY k ORDER BY k`,
  );
  const [sizes, ...counted] = (await Promise.all(
    [total, ...statements].map((sql) => database.columns(sql)),
  )) as Counts[];
  const n = { inside: sizes?.i[0] ?? 0, rest: (sizes?.n[0] ?? 0) - (sizes?.i[0] ?? 0) };
  if (n.inside === 0)
    throw new UserFault('the selection holds no rows of the window: choose more days or another segment');
  if (n.rest === 0) throw new UserFault('the selection is the whole window: nothing is left to hold it against');
  const { compared, notEnoughData } = compareValues(columns, counted, n, request.minCell);
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
    sql: [total, ...statements],
  };
}

type Counts = Record<'k' | 'n' | 'i', Float64Array>;

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
  n: { inside: number; rest: number },
  minCell: number,
): { compared: SelectionFinding[]; notEnoughData: number } {
  let notEnoughData = 0;
  const found: SelectionFinding[] = [];
  columns.forEach((column, at) => {
    const { k, n: rows, i: chosen } = counted[at] as Counts;
    // One value only: nothing to differ in.
    if (k.length < 2) return;
    for (let line = 0; line < k.length; line++) {
      const a = chosen[line] as number;
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
