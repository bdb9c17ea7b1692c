import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFetchClient } from '../../../src/renderer/client/workbench-client.ts';
import { type RunningServer, sendRaw, startServer, tokenOf } from './running-server.ts';

let folder: string;
let server: RunningServer;
let token: string;

/** The window's own client; a browser adds these two headers by itself. */
const clientWith = (own: string | null) => {
  const plain = globalThis.fetch;
  const client = createFetchClient({ origin: server.origin, token: () => own });
  const asBrowser = async <T>(call: (c: typeof client) => Promise<T>): Promise<T> => {
    globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      request.headers.set('origin', server.origin);
      request.headers.set('sec-fetch-site', 'same-origin');
      return plain(request);
    };
    try {
      return await call(client);
    } finally {
      globalThis.fetch = plain;
    }
  };
  return asBrowser;
};

const call = (procedure: string, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}/rpc/${procedure}`, {
    method: 'POST',
    headers: {
      origin: server.origin,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: '{"json":{}}',
  });

const put = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}/upload/${path}`, {
    method: 'PUT',
    headers: {
      origin: server.origin,
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      ...headers,
    },
    body,
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-serve-'));
  server = await startServer(folder);
  token = (await tokenOf(server)) ?? '';
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('prints one line, a link to this machine with a key in its fragment', () => {
  expect(server.stdout()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#key=[\w-]{43}\n$/);
  expect(server.stderr()).toBe('');
});

test('the key works once, the token until the end', async () => {
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(await tokenOf(server)).toBeNull();
  for (let n = 0; n < 3; n += 1) expect((await call('workbench/info')).status).toBe(200);
});

describe('the client of the window', () => {
  test('reads what the workbench says of itself', async () => {
    const info = await clientWith(token)(({ workbench }) => workbench.info());
    expect(info).toMatchObject({ face: 'browser', workspace: folder });
  });

  test('is told in our words what is wrong', async () => {
    const browser = clientWith(token);
    await expect(browser(({ jobs }) => jobs.cancel({ jobId: 'nope' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'unknown job: nope',
    });
    await expect(browser(({ files }) => files.browse({ path: join(folder, 'missing') }))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: `folder cannot be read: ${join(folder, 'missing')}`,
    });
  });

  test('without a session is told to use the link', async () => {
    await expect(clientWith('no-such-token-0123456789')(({ workbench }) => workbench.info())).rejects.toMatchObject({
      code: 'UNAUTHORISED',
      message: 'session unknown: open the link the server printed',
    });
  });
});

describe('a page', () => {
  test('comes with a policy whose nonce is in the page and never the same', async () => {
    const nonces = new Set<string>();
    for (let n = 0; n < 3; n += 1) {
      const response = await fetch(server.origin);
      const nonce = /'nonce-([\w-]+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1] ?? '';
      const text = await response.text();
      expect(text).not.toContain('__CSP_NONCE__');
      if (text.includes('csp-nonce')) expect(text).toContain(`nonce="${nonce}"`);
      expect(response.headers.get('cache-control')).toBe('no-store');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  test('is the same application at every address, and no file that is not there', async () => {
    for (const path of ['/accuracy/result?dataset=a', '/import']) {
      const response = await fetch(server.origin + path);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    }
    for (const path of ['/nothing.js', '/assets/nothing', '/assets/../../package.json', '/package.json']) {
      expect((await fetch(server.origin + path)).status).toBe(404);
    }
  });

  test.each([
    '/../../../../etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/assets/..%5c..%5cpackage.json',
    '/%2e%2e/package.json',
    '/assets/%00',
    '/%',
  ])('cannot be used to read another file: %s', async (path) => {
    const answer = await sendRaw(
      server.port,
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 (200|404)/);
    expect(answer).not.toMatch(/root:|"driftbench"/);
  });

  test('carries no permission for other origins', async () => {
    for (const response of [await fetch(server.origin), await call('workbench/info')]) {
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });
});

describe('no call gets through', () => {
  test.each<[string, Record<string, string>, number]>([
    ['from another origin', { origin: 'http://evil.example' }, 403],
    ['from another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['without the right token', { authorization: 'Bearer 0123456789012345678901234567890' }, 401],
    ['as plain text', { 'content-type': 'text/plain' }, 415],
  ])('%s', async (_name, headers, status) => {
    expect((await call('workbench/info', headers)).status).toBe(status);
  });

  test('to a procedure that does not exist', async () => {
    for (const path of ['workbench/nothing', '', '__proto__', 'constructor/name', '..%2f..%2fsession']) {
      expect((await call(path)).status).toBe(404);
    }
  });

  test('with a body that is not ours', async () => {
    for (const body of ['', '{', 'null', '[]', '{"json":{"jobId":5}}', '"x"', `{"json":{},"meta":[[9,"x"]]}`]) {
      const response = await fetch(`${server.origin}/rpc/jobs/cancel`, {
        method: 'POST',
        headers: { origin: server.origin, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      });
      expect(response.status).toBe(400);
      const answer = await response.text();
      expect(answer).toMatch(/"code":"(BAD_INPUT|BAD_REQUEST)"/);
      expect(answer).not.toMatch(/\.(ts|mjs|js)\b/);
    }
  });

  test('with a body without an end', async () => {
    const response = await fetch(`${server.origin}/rpc/jobs/cancel`, {
      method: 'POST',
      headers: { origin: server.origin, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ json: { jobId: 'x'.repeat(5_000_000) } }),
    }).catch(() => null);
    if (response) expect(response.status).toBe(413);
    expect((await call('workbench/info')).status).toBe(200);
  });
});

describe('the server survives', () => {
  const host = () => `Host: 127.0.0.1:${server.port}\r\n`;
  test.each<[string, () => string, RegExp]>([
    ['no HTTP at all', () => '\u0000\u0001\u0002 hello\r\n\r\n', /^HTTP\/1\.1 400/],
    ['a header without a colon', () => `GET / HTTP/1.1\r\n${host()}nonsense\r\n\r\n`, /^HTTP\/1\.1 400/],
    [
      'a header of a megabyte',
      () => `GET / HTTP/1.1\r\n${host()}a: ${'x'.repeat(1_000_000)}\r\n\r\n`,
      /^(HTTP\/1\.1 4\d\d|$)/,
    ],
    ['no host', () => 'GET / HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400/],
    ['two hosts', () => `GET / HTTP/1.1\r\n${host()}Host: evil.example\r\n\r\n`, /^HTTP\/1\.1 400/],
    ['a rebound host', () => 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 421/],
    [
      'a token of odd bytes',
      () => `POST /rpc/a HTTP/1.1\r\n${host()}Authorization: Bearer \u00ff\u00fe\r\nContent-Length: 0\r\n\r\n`,
      /^HTTP\/1\.1 4/,
    ],
    [
      'a length that is no number',
      () => `POST /session HTTP/1.1\r\n${host()}Content-Length: -5\r\n\r\n`,
      /^HTTP\/1\.1 400/,
    ],
    [
      'a request inside a request',
      () => `POST /session HTTP/1.1\r\n${host()}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      /^HTTP\/1\.1 400/,
    ],
    ['a tunnel', () => `CONNECT evil.example:443 HTTP/1.1\r\n${host()}\r\n`, /^HTTP\/1\.1 403/],
    [
      'a proxy request',
      () => `GET http://evil.example/ HTTP/1.1\r\n${host()}Connection: close\r\n\r\n`,
      /^HTTP\/1\.1 400/,
    ],
    [
      'an upgrade',
      () => `GET / HTTP/1.1\r\n${host()}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n`,
      /^HTTP\/1\.1 403/,
    ],
    [
      'an upgrade to HTTP/2',
      () => `GET / HTTP/1.1\r\n${host()}Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n`,
      /^HTTP\/1\.1 403/,
    ],
    ['the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1\.1 400/],
  ])('%s', async (_name, text, expected) => {
    expect(await sendRaw(server.port, text())).toMatch(expected);
    expect((await call('workbench/info')).status).toBe(200);
    expect(server.stderr()).toBe('');
  });
});

describe('a folder dropped into the window', () => {
  const begin = async () => (await clientWith(token)(({ uploads }) => uploads.begin())).uploadId;

  test('lies in the workspace as it was', async () => {
    const id = await begin();
    const big = new Uint8Array(20_000_000).fill(7);
    expect((await put(`${id}/expenses/predictions/dt%3D1/part%20%C3%A9.parquet`, big)).status).toBe(204);
    expect((await put(`${id}/expenses/dataset.yaml`, 'name: x')).status).toBe(204);
    const done = await clientWith(token)(({ uploads }) => uploads.complete({ uploadId: id }));
    expect(done).toMatchObject({ files: 2, bytes: 20_000_007 });
    expect(done.folder.startsWith(join(folder, 'uploads'))).toBe(true);
    expect(basename(done.folder)).toBe('expenses');
    expect(readFileSync(join(done.folder, 'predictions/dt=1/part é.parquet')).length).toBe(20_000_000);
  });

  test.each(['..%2fescaped', '..%5cescaped', '%2fetc%2fescaped', 'a%2f..%2f..%2f..%2fescaped', '%00escaped', '%zz'])(
    'cannot be written elsewhere: %s',
    async (path) => {
      const id = await begin();
      expect((await put(`${id}/${path}`, 'x')).status).toBe(400);
      const written = readdirSync(folder, { recursive: true }).map(String);
      expect(written.filter((name) => name.includes('escaped'))).toEqual([]);
    },
  );

  test('needs the token, its own type and an upload that was begun', async () => {
    const id = await begin();
    expect((await put(`${id}/a`, 'x', { authorization: 'Bearer wrong-wrong-wrong-wrong' })).status).toBe(401);
    expect((await put(`${id}/a`, 'x', { 'content-type': 'application/json' })).status).toBe(415);
    expect((await put('00000000-0000-4000-8000-000000000000/a', 'x')).status).toBe(404);
    expect((await put('..%2f..%2fx/a', 'x')).status).toBe(404);
  });
});

describe('the end', () => {
  test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])('%s closes the port and the workspace', async (signal) => {
    const other = await startServer(mkdtempSync(join(folder, 'other-')));
    const idle = fetch(other.origin, { headers: { connection: 'keep-alive' } });
    await idle;
    expect(await other.stop(signal)).toBe(0);
    await expect(fetch(other.origin)).rejects.toThrow();
  });

  test('a port in use is told in one sentence', async () => {
    const occupied = createServer();
    const port = await new Promise<number>((resolve) => {
      occupied.listen(0, '127.0.0.1', () => resolve((occupied.address() as { port: number }).port));
    });
    await expect(startServer(folder, '--port', String(port))).rejects.toThrow(`port is in use: ${port}\n`);
    occupied.close();
  });

  test('two servers may share one workspace', async () => {
    const other = await startServer(folder);
    expect(await tokenOf(other)).not.toBeNull();
    expect(await other.stop()).toBe(0);
    expect((await call('workbench/info')).status).toBe(200);
  });
});
