import { canonicalJson } from '../../../shared/canonical-json.ts';
import { Cancelled } from '../../../shared/errors.ts';
import type { DatasetFile } from '../../../shared/model/dataset.ts';
import type { Work } from '../../../shared/model/progress.ts';
import { sha256, sha256File } from '../../platform/hash.ts';
import type { SourceRecord } from '../cache-format.ts';
import { canonicalSpec } from './dataset-yaml.ts';
import type { SourceListing } from './source-files.ts';

/** Every source file with its SHA-256; a file whose size and time did not change keeps the one on record. */
export async function recordSources(
  listings: SourceListing[],
  known: SourceRecord[],
  work: Work,
): Promise<SourceRecord[]> {
  const onRecord = new Map(known.map((record) => [recordKey(record), record]));
  const total = listings.reduce((sum, { files }) => sum + files.length, 0);
  const records: SourceRecord[] = [];
  const hashes = new Map<string, string>();
  for (const { side, files } of listings) {
    for (const file of files) {
      if (work.signal.aborted) throw new Cancelled();
      const { relative, size, modifiedMs } = file;
      const old = onRecord.get(recordKey({ side, relative }));
      const same = old && old.size === size && old.modifiedMs === modifiedMs;
      // Both sides may lie in the same file.
      const hash = same ? old.sha256 : (hashes.get(file.path) ?? (await sha256File(file.path, work.signal)));
      hashes.set(file.path, hash);
      records.push({ side, relative, size, modifiedMs, sha256: hash });
      if (!same) work.progress({ step: 'fingerprinting files', done: records.length, total, unit: 'files' });
    }
  }
  return records;
}

const recordKey = ({ side, relative }: { side: string; relative: string }): string => `${side} ${relative}`;

/** Same files by size and time, or where these differ, by content. */
export function sameContent(a: SourceRecord[], b: SourceRecord[]): boolean {
  return canonicalJson(contents(a)) === canonicalJson(contents(b));
}

const contents = (records: SourceRecord[]) =>
  records.map(({ side, relative, sha256: hash }) => `${side}\n${relative}\n${hash}`).sort();

export function datasetSha256(spec: DatasetFile, records: SourceRecord[]): string {
  return sha256(`${canonicalSpec(spec)}\n${canonicalJson(contents(records))}`);
}
