import { UserFault } from '../../../shared/errors.ts';
import type { LedgerNote } from '../../../shared/model/dataset.ts';
import type { Database } from '../../platform/duckdb.ts';
import { quoteLiteral } from '../../platform/sql.ts';
import { type BoundColumn, kindWords } from './columns.ts';
import { firstFile, type RawRows } from './first-file.ts';

/** How a time column becomes an instant. */
export interface InstantPlan {
  /** Microseconds since 1970 UTC, NULL when missing or infinite. */
  microseconds: string;
  /** TRUE for a value that is there but is no instant (infinity, NaN). */
  infinite: string;
  /** The source knows days only. */
  dateOnly: boolean;
  /** How the values were found to be written; rows of one form in two sets have it in both together; `mixed`: nothing follows. */
  form: string;
}

interface Place extends RawRows {
  side: string;
  timezone: string;
  notes: LedgerNote[];
}

export async function checkTimezone(database: Database, timezone: string): Promise<void> {
  try {
    await database.rows(`SELECT epoch_us(timezone(${quoteLiteral(timezone)}, TIMESTAMP '2020-01-01')) AS at`);
  } catch (error) {
    if (!(error instanceof Error) || !/Unknown TimeZone/i.test(error.message)) throw error;
    throw new UserFault(`unknown timezone, expected an IANA name such as Europe/Berlin: ${timezone}`);
  }
}

/** Reads `value` (an expression over the view) as instants, whatever form the export gave them. */
export async function planInstants(place: Place, column: BoundColumn, value: string): Promise<InstantPlan> {
  switch (column.kind) {
    case 'naive':
      return {
        microseconds: `if(isfinite(${value}), ${inZone(value, place.timezone)}, NULL)`,
        infinite: `NOT isfinite(${value})`,
        dateOnly: false,
        form: column.kind,
      };
    case 'zoned':
      return {
        microseconds: `if(isfinite(${value}), epoch_us(${value}), NULL)`,
        infinite: `NOT isfinite(${value})`,
        dateOnly: false,
        form: column.kind,
      };
    case 'date':
      noteDays(place, column.name);
      return {
        microseconds: `if(isfinite(${value}), ${inZone(`CAST(${value} AS TIMESTAMP)`, place.timezone)}, NULL)`,
        infinite: `NOT isfinite(${value})`,
        dateOnly: true,
        form: column.kind,
      };
    case 'text':
      return planText(place, column, value);
    case 'integer':
    case 'float':
      return planEpoch(place, column, value);
    default:
      throw new UserFault(
        `time column ${column.name} of ${place.side} is ${kindWords(column.kind)}, expected a timestamp, ISO text or epoch integers: ${column.type}`,
        { column: column.name },
      );
  }
}

/** A clock reading without zone, read in the dataset's zone. */
function inZone(timestamp: string, timezone: string): string {
  return isUtc(timezone) ? `epoch_us(${timestamp})` : `epoch_us(timezone(${quoteLiteral(timezone)}, ${timestamp}))`;
}

const isUtc = (timezone: string): boolean => /^(Etc\/)?(UTC|GMT|UCT|Zulu|Universal|Greenwich)$/i.test(timezone);

/** Days since 1970-01-01 of an instant, in the dataset's zone; floor, also before 1970. */
export function dayOfSql(microseconds: string, timezone: string): string {
  if (isUtc(timezone)) {
    return `CAST(if(${microseconds} >= 0, ${microseconds} // 86400000000, (${microseconds} + 1) // 86400000000 - 1) AS INTEGER)`;
  }
  return `(CAST(timezone(${quoteLiteral(timezone)}, make_timestamptz(${microseconds})) AS DATE) - DATE '1970-01-01')`;
}

function noteDays(place: Place, column: string): void {
  place.notes.push({
    code: 'date-only',
    column,
    text: `${column} of ${place.side} holds days without a time of day: order within a day is unknown and early labels are told by day`,
  });
}

const day = String.raw`\d{4}-\d{2}-\d{2}`;
const clock = String.raw`[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?`;
const zone = String.raw` ?(Z|z|[+-]\d{2}(:?\d{2})?)`;

async function planText(place: Place, column: BoundColumn, value: string): Promise<InstantPlan> {
  const text = `nullif(trim(${value}), '')`;
  const matches = (pattern: string) => `regexp_full_match(${text}, ${quoteLiteral(pattern)})`;
  const form = `CASE
       WHEN ${matches(day)} AND TRY_CAST(${text} AS DATE) IS NOT NULL THEN 1
       WHEN ${matches(day + clock)} AND TRY_CAST(replace(${text}, ',', '.') AS TIMESTAMP) IS NOT NULL THEN 2
       WHEN ${matches(day + clock + zone)} AND TRY_CAST(replace(${text}, ',', '.') AS TIMESTAMPTZ) IS NOT NULL THEN 3
       ELSE 0 END`;
  const [forms] = await place.database.rows<{
    n: number;
    days: number;
    naive: number;
    zoned: number;
    example: string | null;
  }>(
    `SELECT count(*) AS n, count(*) FILTER (form = 1) AS days, count(*) FILTER (form = 2) AS naive, count(*) FILTER (form = 3) AS zoned,
            min(original) FILTER (form = 0) AS example
     FROM (SELECT ${value} AS original, ${form} AS form
       FROM ${place.view} WHERE ${text} IS NOT NULL)`,
  );
  const { n, days, naive, zoned, example } = forms!;
  const bad = n - days - naive - zoned;
  if (bad > 0) {
    const file = await firstFile(place, `${text} IS NOT NULL AND ${form} = 0`);
    throw new UserFault(
      `${bad} of ${n} values of time column ${column.name} in ${place.side} are not ISO 8601 such as 2026-03-01T12:00:00Z, first in ${file}: ${example}`,
      { file, column: column.name, count: bad },
    );
  }
  if (zoned > 0 && zoned < n) {
    const file = await firstFile(place, `${text} IS NOT NULL AND ${form} <> 3`);
    throw new UserFault(
      `time column ${column.name} in ${place.side} mixes ${zoned} values with a zone and ${n - zoned} without, write all of them one way, first without: ${file}`,
      { file, column: column.name, count: Math.min(zoned, n - zoned) },
    );
  }
  const dateOnly = n > 0 && days === n;
  if (dateOnly) noteDays(place, column.name);
  const cleaned = `replace(${text}, ',', '.')`;
  return {
    microseconds:
      zoned > 0 ? `epoch_us(CAST(${cleaned} AS TIMESTAMPTZ))` : inZone(`CAST(${cleaned} AS TIMESTAMP)`, place.timezone),
    infinite: 'FALSE',
    dateOnly,
    form: n === 0 ? 'none' : dateOnly ? 'days' : zoned > 0 ? 'zoned text' : 'text',
  };
}

const units = [
  { name: 'seconds', perSecond: 1, below: 1e11 },
  { name: 'milliseconds', perSecond: 1e3, below: 1e14 },
  { name: 'microseconds', perSecond: 1e6, below: 1e17 },
  { name: 'nanoseconds', perSecond: 1e9, below: Number.POSITIVE_INFINITY },
] as const;
/** 9999-12-31 in seconds. */
const lastSecond = 253_402_300_800;

async function planEpoch(place: Place, column: BoundColumn, value: string): Promise<InstantPlan> {
  const number = `CAST(${value} AS DOUBLE)`;
  const finite = column.kind === 'float' ? `isfinite(${number})` : 'TRUE';
  const unitOf = `CASE WHEN abs(${number}) < 1e11 THEN 0 WHEN abs(${number}) < 1e14 THEN 1 WHEN abs(${number}) < 1e17 THEN 2 ELSE 3 END`;
  const found = await place.database.rows<{ unit: number; n: number; low: number; high: number }>(
    `SELECT ${unitOf} AS unit, count(*) AS n, min(${number}) AS low, max(${number}) AS high
     FROM ${place.view} WHERE ${value} IS NOT NULL AND ${finite} AND ${value} <> 0 GROUP BY 1 ORDER BY n DESC, unit`,
  );
  const main = found[0] ?? { unit: 0, n: 0, low: 0, high: 0 };
  const unit = units[main.unit]!;
  const foreign = found.slice(1).filter((other) => !fits(other, main));
  if (foreign.length > 0 || main.high / unit.perSecond > lastSecond) {
    const count = foreign.reduce((sum, other) => sum + other.n, 0);
    const odd = foreign[0] ? `${unitOf} = ${foreign[0].unit}` : `${number} = ${main.high}`;
    const file = await firstFile(place, `${value} IS NOT NULL AND ${finite} AND ${value} <> 0 AND ${odd}`);
    throw new UserFault(
      foreign.length > 0
        ? `time column ${column.name} in ${place.side} mixes epoch units: ${main.n} values look like ${unit.name} and ${count} like ${units[foreign[0]!.unit]!.name}, export one unit, first: ${file}`
        : `time column ${column.name} in ${place.side} holds numbers too large for an epoch in nanoseconds, export a timestamp (in ${file}): ${main.high}`,
      { file, column: column.name, count },
    );
  }
  place.notes.push({
    code: 'epoch-unit',
    column: column.name,
    text: `${column.name} of ${place.side} holds epoch numbers, read as ${unit.name} since 1970 UTC`,
  });
  const microseconds =
    column.kind === 'float'
      ? `CAST(round(${number} * ${1e6 / unit.perSecond}) AS BIGINT)`
      : unit.perSecond === 1e9
        ? `CAST((CAST(${value} AS HUGEINT) - (CAST(${value} AS HUGEINT) % 1000 + 1000) % 1000) // 1000 AS BIGINT)`
        : `CAST(${value} AS BIGINT) * ${1e6 / unit.perSecond}`;
  return {
    microseconds: column.kind === 'float' ? `if(${finite}, ${microseconds}, NULL)` : microseconds,
    infinite: column.kind === 'float' ? `NOT ${finite}` : 'FALSE',
    dateOnly: false,
    form: found.length === 1 ? unit.name : found.length === 0 ? 'none' : 'mixed',
  };
}

/** Far dates of the same unit fall into another magnitude; numbers of another unit would land inside the main span. */
function fits(other: { unit: number; low: number; high: number }, main: { unit: number; low: number; high: number }) {
  const mainUnit = units[main.unit]!.perSecond;
  if (other.high / mainUnit > lastSecond) return false;
  const otherUnit = units[other.unit]!.perSecond;
  const year = 366 * 86_400;
  const inSpan = (x: number) =>
    x / otherUnit > main.low / mainUnit - year && x / otherUnit < main.high / mainUnit + year;
  return !inSpan(other.low) && !inSpan(other.high);
}
