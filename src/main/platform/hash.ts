import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Cancelled } from '../../shared/errors.ts';

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 of a file, streamed. */
export async function sha256File(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    if (signal?.aborted) throw new Cancelled();
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
