import { UserFault } from '../../../shared/errors.ts';
import type { LedgerNote } from '../../../shared/model/dataset.ts';
import type { Database } from '../../platform/duckdb.ts';
import { quoteIdentifier, quoteLiteral } from '../../platform/sql.ts';
import { nearest } from './nearest.ts';
import {
  type ColumnKind,
  type ParquetColumn,
  readParquetSql,
  type SchemaGroup,
  type SourceSchema,
} from './parquet-schema.ts';

/** A declared column, found in every group of files and brought to one type. */
export interface BoundColumn {
  name: string;
  kind: ColumnKind;
  /** The one type all files are cast to. */
  type: string;
  /** One expression per schema group. */
  expressions: string[];
}

export interface Binding {
  database: Database;
  schema: SourceSchema;
  notes: LedgerNote[];
}

const words: Record<ColumnKind, string> = {
  integer: 'an integer',
  float: 'a number',
  text: 'text',
  boolean: 'a boolean',
  naive: 'a timestamp without zone',
  zoned: 'a timestamp with zone',
  date: 'a date',
  other: 'a nested or binary value',
};
export const kindWords = (kind: ColumnKind): string => words[kind];

/** Finds a declared column by its exact name; `optional` columns may be missing in some files, never in all. */
export async function bindColumn(
  binding: Binding,
  name: string,
  presence: 'required' | 'optional',
): Promise<BoundColumn> {
  const { schema, notes } = binding;
  const { groups, listing } = schema;
  const found = groups.map((group) => columnOf(group, name, listing.side));
  const inPath = groups.map(
    (group, index) => !found[index] && group.files[0]!.partitions.some(([key]) => key === name),
  );
  const missing = groups.filter((_, index) => !found[index] && !inPath[index]);
  if (missing.length === groups.length) throw unknownColumn(schema, name);
  if (missing.length > 0) {
    const files = missing.flatMap((group) => group.files);
    const where = `${files.length} of ${groups.flatMap((group) => group.files).length} ${listing.side} files`;
    if (presence === 'required') {
      throw new UserFault(
        `column ${name} is missing in ${where}, export it there too or leave them out, first: ${files[0]!.relative}`,
        { column: name },
      );
    }
    notes.push({
      code: 'missing-column',
      column: name,
      file: files[0]!.relative,
      count: files.length,
      text: `column ${name} is missing in ${where} and was read as null there, first: ${files[0]!.relative}`,
    });
  }
  const { kind, type, empty } = await unify(binding, name, found);
  const expressions = groups.map((group, index) => {
    const column = found[index];
    if (column && !empty.has(group)) return `CAST(${quoteIdentifier(column.sqlName)} AS ${type})`;
    if (inPath[index]) return `CAST(${partitionSql(name)} AS ${type})`;
    return `CAST(NULL AS ${type})`;
  });
  return { name, kind, type, expressions };
}

function columnOf(group: SchemaGroup, name: string, side: string): ParquetColumn | undefined {
  const exact = group.columns.filter((column) => column.name === name);
  if (exact.length > 1) {
    throw new UserFault(
      `column ${name} occurs ${exact.length} times in a ${side} file, keep one: ${group.files[0]!.relative}`,
      { column: name },
    );
  }
  return exact[0];
}

/** Columns listed where no name is close to the unknown one. */
const MOST_NAMED = 8;

function unknownColumn(schema: SourceSchema, name: string): UserFault {
  const names = [...new Set(schema.groups.flatMap((group) => group.columns.map((column) => column.name)))];
  const sameLetters = names.filter((other) => other.toLowerCase() === name.toLowerCase());
  const details = { column: name, side: schema.listing.side, columns: names.slice(0, 100) };
  if (sameLetters.length > 1) {
    return new UserFault(
      `unknown column in ${schema.listing.side}, ${sameLetters.join(' and ')} differ only in case so the exact name is needed: ${name}`,
      details,
    );
  }
  const guess = sameLetters[0] ?? nearest(name, names);
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  const hint =
    guess === undefined
      ? `, ${schema.listing.files[0]!.relative} has ${names.slice(0, MOST_NAMED).join(', ')}${more}`
      : ` (did you mean ${guess}?)`;
  return new UserFault(`unknown column in ${schema.listing.side}${hint}: ${name}`, details);
}

interface Unified {
  kind: ColumnKind;
  type: string;
  /** Groups in which the column holds nothing but nulls under another type. */
  empty: Set<SchemaGroup>;
}

async function unify(binding: Binding, name: string, found: (ParquetColumn | undefined)[]): Promise<Unified> {
  const { groups, listing } = binding.schema;
  const present = groups.flatMap((group, index) => (found[index] ? [{ group, column: found[index] }] : []));
  if (present.length === 0) return { kind: 'text', type: 'VARCHAR', empty: new Set() };
  const kinds = new Set(present.map(({ column }) => column.kind));
  const numeric = [...kinds].every((kind) => kind === 'integer' || kind === 'float');
  const empty = new Set<SchemaGroup>();
  let used = present;
  if (kinds.size > 1 && !numeric) {
    for (const { group, column } of present) {
      const [row] = await binding.database.rows<{ n: number }>(
        `SELECT count(${quoteIdentifier(column.sqlName)}) AS n FROM ${readParquetSql(group.files)}`,
      );
      if (row!.n === 0) empty.add(group);
    }
    used = present.filter(({ group }) => !empty.has(group));
    const left = [...new Set(used.map(({ column }) => column.kind))];
    const mixed = left.some((kind) => kind !== 'integer' && kind !== 'float');
    if (left.length > 1 && mixed) throw differentTypes(listing.side, name, used);
    if (used.length === 0) used = present.slice(0, 1);
  }
  const types = [...new Set(used.map(({ column }) => column.type))].sort();
  const kind =
    used.some(({ column }) => column.kind === 'float') && numericKind(used[0]!.column.kind)
      ? 'float'
      : used[0]!.column.kind;
  if (types.length > 1) {
    binding.notes.push({
      code: 'widened-type',
      column: name,
      count: types.length,
      text: `column ${name} has different types in the ${listing.side} files and was read as the widest: ${types.join(', ')}`,
    });
  }
  return { kind, type: commonType(kind, types), empty };
}

const numericKind = (kind: ColumnKind) => kind === 'integer' || kind === 'float';

function differentTypes(side: string, name: string, used: { group: SchemaGroup; column: ParquetColumn }[]): UserFault {
  const files = new Map<ColumnKind, number>();
  for (const { group, column } of used) files.set(column.kind, (files.get(column.kind) ?? 0) + group.files.length);
  // Of two equally common types the one met first is taken for the rule.
  const ranked = [...files].reverse().sort((a, b) => a[1] - b[1]);
  const [rare, rareFiles] = ranked[0]!;
  const [common] = ranked.at(-1)!;
  const culprit = used.find(({ column }) => column.kind === rare)!.group.files[0]!;
  const total = used.reduce((sum, { group }) => sum + group.files.length, 0);
  return new UserFault(
    `column ${name} is ${words[rare]} in ${rareFiles} of ${total} ${side} files and ${words[common]} elsewhere, export one type: ${culprit.relative}`,
    { column: name },
  );
}

function commonType(kind: ColumnKind, types: string[]): string {
  switch (kind) {
    case 'integer':
      return types.every((type) => /^(TINY|SMALL|BIG|UTINY|USMALL)INT$|^U?INTEGER$/.test(type)) ? 'BIGINT' : 'HUGEINT';
    case 'float':
      return types.length === 1 ? types[0]! : 'DOUBLE';
    case 'text':
      return 'VARCHAR';
    case 'naive':
      return 'TIMESTAMP';
    case 'zoned':
      return 'TIMESTAMP WITH TIME ZONE';
    default:
      return types[0]!;
  }
}

/** The value of a Hive partition key, read from the path; the missing value has its own spelling there. */
export function partitionSql(key: string): string {
  const pattern = `(?s).*/${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}=([^/]*)/`;
  return `nullif(url_decode(regexp_extract(filename, ${quoteLiteral(pattern)}, 1)), '__HIVE_DEFAULT_PARTITION__')`;
}
