import { contentSecurityPolicy, hardeningHeaders, noncePlaceholder } from './content-security.ts';
import type { FileSource } from './pages.ts';

const text = (status: number, message: string): Response =>
  new Response(`${message}\n`, {
    status,
    headers: { ...hardeningHeaders, 'content-type': 'text/plain; charset=utf-8' },
  });

/** The same pages under the scheme of the desktop window: reading only, with the same policy. */
export const answerPage = (files: FileSource, request: { method: string; url: string }, nonce: string): Response => {
  const { host, pathname } = new URL(request.url);
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'method not allowed');
  if (host !== 'driftbench') return text(404, 'not found');
  const asset = pathname === '/' || pathname === '/index.html' ? null : files(pathname);
  if (asset) {
    return new Response(new Uint8Array(asset.body), { headers: { ...hardeningHeaders, 'content-type': asset.type } });
  }
  const page = files('/index.html');
  if (!page || (pathname !== '/index.html' && /\.[a-z0-9]+$/i.test(pathname))) return text(404, 'not found');
  return new Response(page.body.toString('utf8').replaceAll(noncePlaceholder, nonce), {
    headers: {
      ...hardeningHeaders,
      'content-type': page.type,
      'content-security-policy': contentSecurityPolicy(nonce),
    },
  });
};
