import type { ClassPlan, Spelling } from './classes.ts';
import { NotCarried } from './former-import.ts';
import type { ImportBuild } from './import-build.ts';

/**
 * Codes are places among all values in order: rows can be carried only where the values are the same as before. Fills the table of the values
 * of the rows that are made again up to those of all rows.
 */
export async function assertAsBefore(
  { database, former }: ImportBuild,
  role: string,
  position: number,
  column: string,
  table: string,
): Promise<void> {
  if (!former) return;
  const before = `(SELECT code, value FROM cache.dictionary WHERE role = '${role}' AND position = ${position})`;
  const count = async (sql: string): Promise<number> =>
    (await database.rows<{ n: number }>(`SELECT count(*) AS n FROM (${sql})`))[0]!.n;
  if ((await count(`SELECT value FROM ${table} EXCEPT SELECT value FROM ${before}`)) > 0) {
    throw new NotCarried(`new values in ${column}`);
  }
  const unseen = `SELECT code FROM ${before} WHERE value IN (SELECT value FROM ${before} EXCEPT SELECT value FROM ${table})`;
  const unseenNull = `SELECT code FROM ${before} WHERE value IS NULL AND NOT EXISTS (SELECT 1 FROM ${table} WHERE value IS NULL)`;
  const missing = `${unseen} UNION ALL ${unseenNull}`;
  if (former.gone.predictions.length > 0 && (await count(missing)) > 0) {
    if ((await count(`${missing} EXCEPT SELECT ${column} FROM carried`)) > 0) {
      throw new NotCarried(`values are gone from ${column}`);
    }
  }
  await database.run(`INSERT INTO ${table} SELECT value FROM ${before} EXCEPT SELECT value FROM ${table}`);
}

const codeOf = { prediction: 'predicted', label: 'label' } as const;
type View = keyof typeof codeOf;

/** Creates `class_<view>(value, n)`, the classes of all rows as they are written. */
export async function classSpellings({ database, former }: ImportBuild, view: View): Promise<Spelling[]> {
  const here = `SELECT value, count(*) AS n FROM ${view} WHERE value IS NOT NULL GROUP BY value`;
  const carried = `SELECT s.value, c.n FROM (SELECT ${codeOf[view]} AS code, sum(n) AS n FROM carried_count GROUP BY 1) c
    JOIN cache.spelling s ON s.code = c.code AND s.side = '${view}'`;
  await database.run(
    former
      ? `CREATE TABLE class_${view} AS SELECT value, sum(n)::BIGINT AS n FROM (${here} UNION ALL ${carried}) GROUP BY value ORDER BY value`
      : `CREATE TABLE class_${view} AS ${here} ORDER BY value`,
  );
  const rows = await database.rows<{ value: string; n: number }>(
    `SELECT value, n FROM class_${view} ORDER BY value LIMIT 5001`,
  );
  return rows.map(({ value, n }) => ({ value, count: n }));
}

/** Writes `cache.spelling(side, code, value)`; says whether it tells from a code how the class was written. */
export async function keepSpellings(
  { database, former }: ImportBuild,
  plan: ClassPlan,
  spellings: Record<View, Spelling[]>,
): Promise<boolean> {
  const lines = (['prediction', 'label'] as const).flatMap((side) => {
    const codes = side === 'prediction' ? plan.predicted : plan.label;
    return spellings[side].map(({ value }, index) => ({ side, code: codes[index]!, value }));
  });
  const places = new Set(lines.map(({ side, code }) => `${side} ${code}`));
  if (former) {
    const before = await database.rows<(typeof lines)[number]>('SELECT side, code, value FROM cache.spelling');
    const same = JSON.stringify([...before].map(asText).sort()) === JSON.stringify(lines.map(asText).sort());
    if (!same) throw new NotCarried('classes are written in another way');
    return true;
  }
  const coded = (side: View, codes: number[]) =>
    `SELECT '${side}' AS side, list_extract(CAST([${codes.join(', ')}] AS INTEGER[]), row_number() OVER (ORDER BY value)) AS code, value FROM class_${side}`;
  await database.run(
    `CREATE TABLE cache.spelling AS ${coded('prediction', plan.predicted)} UNION ALL ${coded('label', plan.label)} ORDER BY side, value`,
  );
  return places.size === lines.length;
}

const asText = ({ side, code, value }: { side: string; code: number; value: string }) =>
  JSON.stringify([side, code, value]);
