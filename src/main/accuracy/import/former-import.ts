import { resolve } from 'node:path';
import type { CacheMeta, CarryBasis, SourceRecord } from '../cache-format.ts';
import type { SourceSchema } from './parquet-schema.ts';
import type { SideName, SourceFile, SourceListing } from './source-files.ts';

/** An earlier import of the same dataset of which only some files were added, changed or removed since. */
export interface FormerImport {
  meta: CacheMeta;
  basis: CarryBasis;
  /** Files that hold something the former import has not seen. */
  news: Record<SideName, SourceFile[]>;
  /** Paths of files whose former content is gone: changed ones and removed ones. */
  gone: Record<SideName, string[]>;
}

/** The former import cannot be carried over; everything is to be read. */
export class NotCarried extends Error {}

/** Null when the former import is not one to continue. */
export function formerImport(
  meta: CacheMeta,
  listings: readonly SourceListing[],
  sources: readonly SourceRecord[],
  folder: string,
): FormerImport | null {
  if (!meta.basis) return null;
  const identity = ({ side, relative, sha256 }: SourceRecord) => `${side} ${sha256} ${relative}`;
  const before = new Set(meta.sources.map(identity));
  const after = new Set(sources.map(identity));
  const changed = new Set(
    sources.filter((record) => !before.has(identity(record))).map(({ side, relative }) => `${side} ${relative}`),
  );
  const news = (side: SideName) =>
    listings
      .filter((listing) => listing.side === side)
      .flatMap(({ files }) => files.filter(({ relative }) => changed.has(`${side} ${relative}`)));
  const gone = (side: SideName) =>
    meta.sources
      .filter((record) => record.side === side && !after.has(identity(record)))
      .map(({ relative }) => resolve(folder, relative));
  return {
    meta,
    basis: meta.basis,
    news: { predictions: news('predictions'), labels: news('labels') },
    gone: { predictions: gone('predictions'), labels: gone('labels') },
  };
}

/** The same groups, some of them perhaps without files. */
export function onlyFiles(schema: SourceSchema, files: readonly SourceFile[]): SourceSchema {
  const wanted = new Set(files.map(({ path }) => path));
  const groups = schema.groups.map((group) => ({
    ...group,
    files: group.files.filter(({ path }) => wanted.has(path)),
  }));
  return { ...schema, groups };
}
