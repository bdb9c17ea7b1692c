import { describe, expect, test } from 'vitest';
import { answerPage } from '../../../../src/main/transport/app-pages.ts';
import type { FileSource, ServedFile } from '../../../../src/main/transport/pages.ts';

const file = (type: string, text: string): ServedFile => ({
  type,
  body: Buffer.from(text),
  brotli: null,
  gzip: null,
  immutable: false,
});
const built: Record<string, ServedFile> = {
  '/index.html': file('text/html; charset=utf-8', '<meta nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__">'),
  '/assets/a.js': file('text/javascript; charset=utf-8', 'run()'),
};
const files: FileSource = (path) => built[path] ?? null;
const get = (url: string, method = 'GET') => answerPage(files, { url, method }, 'n1');

describe('under the scheme of the desktop', () => {
  test.each(['app://driftbench/', 'app://driftbench/index.html', 'app://driftbench/accuracy/import'])(
    '%s is the page with its own nonce and policy',
    async (url) => {
      const response = get(url);
      expect(await response.text()).toBe('<meta nonce="n1"><style nonce="n1">');
      expect(response.headers.get('content-security-policy')).toContain("'nonce-n1'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test('an asset is an asset', async () => {
    const response = get('app://driftbench/assets/a.js');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'run()',
    ]);
  });

  test.each<[string, string, number]>([
    ['app://other/', 'GET', 404],
    ['app://driftbench/missing.js', 'GET', 404],
    ['app://driftbench/../../etc/passwd.txt', 'GET', 404],
    ['app://driftbench/', 'POST', 405],
  ])('%s by %s is %i', (url, method, status) => {
    expect(get(url, method).status).toBe(status);
  });
});
