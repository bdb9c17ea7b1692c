import { UserFault } from '../../../shared/errors.ts';
import type { Database } from '../../platform/duckdb.ts';
import { quoteLiteral } from '../../platform/sql.ts';
import { type ClassPlan, planClasses } from './classes.ts';
import { NotCarried } from './former-import.ts';
import { assertAsBefore, classSpellings, keepSpellings } from './former-values.ts';
import type { ImportBuild } from './import-build.ts';
import type { Sides } from './sides.ts';

export type DictionaryRole = 'class' | 'segment' | 'version' | 'feature';

/** SQL that turns columns of the views `prediction` and `label` into codes. */
export interface Coding {
  predicted: string;
  label: string;
  segments: string[];
  versions: string[];
  features: string[];
  /** Class values by code; empty for regression. */
  classes: string[];
  /** Features whose values are too many to be categories. */
  identifierLike: Set<number>;
  /** Each class is spelled one way on each side. */
  oneSpelling: boolean;
}

const mostSegmentValues = 100_000;
/** A text feature with more distinct values than this names rows rather than groups of them. */
const mostFeatureValues = 1000;

/** Fills `cache.dictionary` and says how every coded column is computed. */
export async function createDictionaries(build: ImportBuild, sides: Sides): Promise<Coding> {
  const { database, spec, notes } = build;
  await database.run(
    'CREATE TABLE entry(role VARCHAR NOT NULL, position INTEGER NOT NULL, code INTEGER NOT NULL, value VARCHAR)',
  );
  const category = async (role: DictionaryRole, position: number, column: string, name: string): Promise<string> => {
    const table = `distinct_${column}`;
    await database.run(
      `CREATE TABLE ${table} AS SELECT DISTINCT ${column} AS value FROM prediction LIMIT ${mostSegmentValues + 2}`,
    );
    const [size] = await database.rows<{ n: number }>(`SELECT count(value) AS n FROM ${table}`);
    if (size!.n > mostSegmentValues) {
      throw new UserFault(
        `column ${name} holds more than ${mostSegmentValues} different values, which are no ${role}s, choose another column`,
        { column: name },
      );
    }
    return coded(build, role, position, column, table);
  };
  // The class vocabulary and every dictionary rest on their own scan; they overlap on the pool.
  const [classes, versions, segments, features] = await Promise.all([
    spec.task === 'regression' ? null : createClasses(build, sides),
    Promise.all(sides.versions.map(({ name }, index) => category('version', index, `v${index}`, name))),
    Promise.all(sides.segments.map(({ name }, index) => category('segment', index, `s${index}`, name))),
    codeFeatures(build, sides),
  ]);
  await database.run('CREATE OR REPLACE TABLE cache.dictionary AS SELECT * FROM entry ORDER BY role, position, code');
  for (const index of [...features.identifierLike].sort((a, b) => a - b)) {
    const { name } = sides.features[index]!.column;
    notes.push({
      code: 'identifier-like',
      column: name,
      text: `feature ${name} has more than ${mostFeatureValues} different values (identifier-like), only its share of nulls is kept`,
    });
  }
  return {
    predicted: classes?.predicted ?? 'if(isfinite(value), value, NULL)',
    label: classes?.label ?? 'if(isfinite(value), value, NULL)',
    classes: classes?.plan.classes ?? [],
    segments,
    versions,
    features: features.expressions,
    identifierLike: features.identifierLike,
    oneSpelling: classes?.oneSpelling ?? true,
  };
}

async function codeFeatures(build: ImportBuild, sides: Sides) {
  const { database, former } = build;
  const identifierLike = new Set<number>();
  const expressions = sides.features.map((_, index) => `f${index}`);
  const categorical = sides.features.flatMap(({ kind }, index) => (kind === 'categorical' ? [index] : []));
  await Promise.all(
    categorical.map(async (index) => {
      const table = `distinct_f${index}`;
      await database.run(
        `CREATE TABLE ${table} AS SELECT DISTINCT f${index} AS value FROM wide_prediction LIMIT ${mostFeatureValues + 2}`,
      );
      const [size] = await database.rows<{ n: number }>(`SELECT count(value) AS n FROM ${table}`);
      // Of a feature that was like an identifier the former import kept no values to be counted with these; values that stay still do.
      const before = former?.meta.features[index]?.identifierLike ?? false;
      if (before && size!.n <= mostFeatureValues && former!.gone.predictions.length > 0) {
        throw new NotCarried('too few values of a feature like an identifier');
      }
      if (before || size!.n > mostFeatureValues) {
        identifierLike.add(index);
        await database.run(
          `INSERT INTO entry VALUES ('feature', ${index}, 0, 'present'), ('feature', ${index}, 1, NULL)`,
        );
        expressions[index] = `CAST(f${index} IS NULL AS INTEGER)`;
      } else {
        expressions[index] = await coded(build, 'feature', index, `f${index}`, table);
      }
    }),
  );
  return { expressions, identifierLike };
}

/** Codes follow the value; a missing value has the last code when it occurs. */
async function coded(build: ImportBuild, role: DictionaryRole, position: number, column: string, table: string) {
  const { database } = build;
  await assertAsBefore(build, role, position, column, table);
  await database.run(
    `INSERT INTO entry
     SELECT '${role}', ${position}, row_number() OVER (ORDER BY value NULLS LAST) - 1, value FROM ${table} ORDER BY value NULLS LAST`,
  );
  const [size] = await database.rows<{ n: number; all: number }>(
    `SELECT count(value) AS n, count(*) AS "all" FROM ${table}`,
  );
  const place = await placeSql(database, column, table, `dictionary_${column}`);
  await database.run(`DROP TABLE ${table}`);
  return `CAST(${size!.all > size!.n ? `coalesce(${place}, ${size!.n})` : place} AS INTEGER)`;
}

/** Short lists are searched once per entry of a Parquet dictionary, which costs nothing; long ones are hashed per row. */
const longestList = 128;

/** The zero-based place of a column's value among the sorted values of a table. */
async function placeSql(database: Database, column: string, table: string, type: string): Promise<string> {
  const rows = await database.rows<{ value: string }>(
    `SELECT value FROM ${table} WHERE value IS NOT NULL ORDER BY value LIMIT ${longestList + 1}`,
  );
  const values = rows.map(({ value }) => value);
  // SQL text ends at a NUL, so such values cannot be written as literals.
  if (values.length > 0 && values.length <= longestList && !values.some((value) => value.includes('\0'))) {
    return `(list_position([${values.map(quoteLiteral).join(', ')}], ${column}) - 1)`;
  }
  await database.run(`CREATE TYPE ${type} AS ENUM (SELECT value FROM ${table} WHERE value IS NOT NULL ORDER BY value)`);
  return `CAST(enum_code(CAST(${column} AS ${type})) AS INTEGER)`;
}

async function createClasses(build: ImportBuild, sides: Sides) {
  const { database, spec, notes } = build;
  const [predicted, labelled] = await Promise.all([
    classSpellings(build, 'prediction'),
    classSpellings(build, 'label'),
  ]);
  const plan: ClassPlan = planClasses(
    spec,
    { name: sides.predictionValue.name, kind: sides.predictionValue.kind, spellings: predicted },
    { name: sides.labelValue.name, kind: sides.labelValue.kind, spellings: labelled },
    notes,
  );
  for (const [code, value] of plan.classes.entries()) {
    await database.run(`INSERT INTO entry VALUES ('class', 0, ${code}, $value)`, { value });
  }
  const oneSpelling = await keepSpellings(build, plan, { prediction: predicted, label: labelled });
  const expression = async (view: string, codes: number[]): Promise<string> => {
    const place = await placeSql(database, 'value', `class_${view}`, `spelling_${view}`);
    const identity = codes.every((code, index) => code === index);
    return identity
      ? `CAST(${place} AS INTEGER)`
      : `list_extract(CAST([${codes.join(', ')}] AS INTEGER[]), CAST(${place} AS BIGINT) + 1)`;
  };
  return {
    plan,
    oneSpelling,
    predicted: await expression('prediction', plan.predicted),
    label: await expression('label', plan.label),
  };
}
