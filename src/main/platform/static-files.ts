import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export interface StaticFile {
  type: string;
  body: Buffer;
  /** Compressed at build time, where that was worth it. */
  brotli: Buffer | null;
  gzip: Buffer | null;
  /** Its name holds a hash of its content. */
  immutable: boolean;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

const optional = (path: string): Buffer | null => (existsSync(path) ? readFileSync(path) : null);

/**
 * The built renderer by request path. What is served is looked up among the files found once, never composed from a
 * request, so no path can lead outside the folder. Files are read when first asked for.
 */
export const staticFiles = (root: string): ((path: string) => StaticFile | null) => {
  const paths = new Map<string, string>();
  const loaded = new Map<string, StaticFile>();
  if (existsSync(root)) {
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      const type = types[extname(entry.name)];
      if (!entry.isFile() || type === undefined) continue;
      const full = join(entry.parentPath, entry.name);
      paths.set(`/${relative(root, full).split(sep).join('/')}`, full);
    }
  }
  return (path) => {
    const full = paths.get(path);
    if (full === undefined) return null;
    const known = loaded.get(path);
    if (known) return known;
    const file: StaticFile = {
      type: types[extname(full)] ?? 'application/octet-stream',
      body: readFileSync(full),
      brotli: optional(`${full}.br`),
      gzip: optional(`${full}.gz`),
      immutable: path.startsWith('/assets/'),
    };
    loaded.set(path, file);
    return file;
  };
};
