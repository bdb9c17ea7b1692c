import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentSecurityPolicy, noncePlaceholder } from './content-security.ts';

export interface ServedFile {
  type: string;
  body: Buffer;
  brotli: Buffer | null;
  gzip: Buffer | null;
  immutable: boolean;
}

/** Looks a file up by request path among what was built; never composes a path. */
export type FileSource = (path: string) => ServedFile | null;

const accepts = (request: IncomingMessage, encoding: string): boolean =>
  String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .some((part) => {
      const [name, quality] = part.trim().split(/\s*;\s*q=/);
      return name === encoding && Number(quality ?? 1) > 0;
    });

const chosen = (file: ServedFile, request: IncomingMessage): [Buffer, string | null] => {
  if (file.brotli && accepts(request, 'br')) return [file.brotli, 'br'];
  if (file.gzip && accepts(request, 'gzip')) return [file.gzip, 'gzip'];
  return [file.body, null];
};

/** A page address of the application, not a missing file: the router in the window knows what it means. */
const isPage = (path: string): boolean => !path.startsWith('/assets/') && !/\.[a-z0-9]+$/i.test(path);

const notBuilt = Buffer.from(
  '<!doctype html><meta charset="utf-8"><title>Driftbench</title><p>The window is not built yet: run <code>npm run build</code>.</p>',
);

/** Send a built file, or the page with a nonce of its own for this one response. */
export const sendFile = (
  files: FileSource,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  nonce: string,
): void => {
  const send = (status: number, headers: Record<string, string>, body: Buffer) => {
    response.writeHead(status, { ...headers, 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const file = path === '/' || path === '/index.html' ? null : files(path);
  if (file) {
    const [body, encoding] = chosen(file, request);
    const caching = file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache';
    const headers = { 'content-type': file.type, 'cache-control': caching, vary: 'accept-encoding' };
    send(200, encoding ? { ...headers, 'content-encoding': encoding } : headers, body);
    return;
  }
  if (!isPage(path) && path !== '/index.html') {
    send(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }, Buffer.from('not found\n'));
    return;
  }
  const page = files('/index.html')?.body ?? notBuilt;
  send(
    200,
    {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(nonce),
    },
    Buffer.from(page.toString('utf8').replaceAll(noncePlaceholder, nonce)),
  );
};
