import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGate, type GateRequest } from '../../../../src/main/transport/gate.ts';

const token = 'T0ken_of-this-session_0123456789';
const gate = createGate({ port: 4173, sessions: { accepts: (candidate) => candidate === token } });

type Headers = Record<string, string>;
const page: Headers = { Host: '127.0.0.1:4173' };
const script: Headers = {
  Host: '127.0.0.1:4173',
  Origin: 'http://127.0.0.1:4173',
  'Sec-Fetch-Site': 'same-origin',
  'Content-Type': 'application/json',
  Authorization: `Bearer ${token}`,
};

const request = (method: string, url: string, headers: Headers, drop: string[] = []): GateRequest => ({
  method,
  url,
  rawHeaders: Object.entries(headers)
    .filter(([name]) => !drop.includes(name))
    .flat(),
});

const statusOf = (asked: GateRequest): number => {
  const decision = gate(asked);
  return decision.allow ? 200 : decision.status;
};

describe('lets through', () => {
  test.each([
    ['the page', request('GET', '/', page), 'file'],
    ['the page by the other name of this machine', request('GET', '/', { Host: 'localhost:4173' }), 'file'],
    ['a link typed or clicked outside a browser', request('GET', '/', { ...page, 'Sec-Fetch-Site': 'none' }), 'file'],
    ['an asset', request('HEAD', '/assets/a.js?x=1', { ...page, 'Sec-Fetch-Site': 'same-origin' }), 'file'],
    ['a call', request('POST', '/rpc/workbench/info', script), 'rpc'],
    [
      'a call with a charset',
      request('POST', '/rpc/a', { ...script, 'Content-Type': 'application/json; charset=utf-8' }),
      'rpc',
    ],
    ['the exchange of a key', request('POST', '/session', script, ['Authorization']), 'session'],
    [
      'an upload',
      request('PUT', '/upload/id/a.parquet', { ...script, 'Content-Type': 'application/octet-stream' }),
      'upload',
    ],
  ])('%s', (_name, asked, route) => {
    expect(gate(asked)).toMatchObject({ allow: true, route });
  });

  test('the path without its query', () => {
    expect(gate(request('GET', '/a/b?next=//evil', page))).toMatchObject({ path: '/a/b' });
  });
});

describe('refuses', () => {
  test.each([
    ['a rebound name', request('GET', '/', { Host: 'evil.example:4173' }), 421],
    ['another port', request('GET', '/', { Host: '127.0.0.1:4174' }), 421],
    ['no port', request('GET', '/', { Host: '127.0.0.1' }), 421],
    ['a name that only begins well', request('GET', '/', { Host: '127.0.0.1:4173.evil.example' }), 421],
    ['a name with a user', request('GET', '/', { Host: 'a@127.0.0.1:4173' }), 421],
    ['no host', request('GET', '/', {}), 421],
    ['a page of another site', request('GET', '/', { ...page, 'Sec-Fetch-Site': 'cross-site' }), 403],
    ['a page of another port of this machine', request('GET', '/', { ...page, 'Sec-Fetch-Site': 'same-site' }), 403],
    ['an unknown site', request('GET', '/', { ...page, 'Sec-Fetch-Site': 'same-origin, none' }), 403],
    ['a file asked for by another origin', request('GET', '/', { ...page, Origin: 'http://evil.example' }), 403],
    ['a call of another origin', request('POST', '/rpc/a', { ...script, Origin: 'http://evil.example' }), 403],
    ['a call of the null origin', request('POST', '/rpc/a', { ...script, Origin: 'null' }), 403],
    [
      'a call of the same name over TLS',
      request('POST', '/rpc/a', { ...script, Origin: 'https://127.0.0.1:4173' }),
      403,
    ],
    [
      'a call whose origin is the other name',
      request('POST', '/rpc/a', { ...script, Origin: 'http://localhost:4173' }),
      403,
    ],
    ['a call without an origin', request('POST', '/rpc/a', script, ['Origin']), 403],
    ['a call typed into the address bar', request('POST', '/rpc/a', { ...script, 'Sec-Fetch-Site': 'none' }), 403],
    ['a call without a token', request('POST', '/rpc/a', script, ['Authorization']), 401],
    ['a wrong token', request('POST', '/rpc/a', { ...script, Authorization: `Bearer ${token}x` }), 401],
    ['a token of another scheme', request('POST', '/rpc/a', { ...script, Authorization: `Basic ${token}` }), 401],
    ['an empty token', request('POST', '/rpc/a', { ...script, Authorization: 'Bearer ' }), 401],
    [
      'an upload without a token',
      request('PUT', '/upload/a/b', { ...script, 'Content-Type': 'application/octet-stream' }, ['Authorization']),
      401,
    ],
    ['a form', request('POST', '/rpc/a', { ...script, 'Content-Type': 'application/x-www-form-urlencoded' }), 415],
    ['plain text', request('POST', '/rpc/a', { ...script, 'Content-Type': 'text/plain' }), 415],
    [
      'JSON among other things',
      request('POST', '/rpc/a', { ...script, 'Content-Type': 'text/plain; application/json' }),
      415,
    ],
    ['no content type', request('POST', '/rpc/a', script, ['Content-Type']), 415],
    ['a call by GET', request('GET', '/rpc/a', script), 405],
    ['a preflight', request('OPTIONS', '/rpc/a', script), 405],
    ['a page by POST', request('POST', '/', script), 405],
    ['an upload by POST', request('POST', '/upload/a/b', script), 405],
    ['DELETE', request('DELETE', '/', script), 405],
    ['TRACE', request('TRACE', '/', page), 405],
    ['an upgrade', request('GET', '/', { ...page, Upgrade: 'websocket', Connection: 'Upgrade' }), 403],
    ['an absolute target', request('GET', 'http://127.0.0.1:4173/', page), 400],
    ['a target with another authority', request('GET', '//evil.example/', page), 400],
    ['the asterisk', request('OPTIONS', '*', page), 400],
    ['an empty target', request('GET', '', page), 400],
    ['a control character', request('GET', '/a\u0001', page), 400],
    ['a target beyond ASCII', request('GET', '/é', page), 400],
  ])('%s', (_name, asked, status) => {
    expect(statusOf(asked)).toBe(status);
  });

  test.each(['Host', 'Origin', 'Authorization', 'Content-Type', 'Sec-Fetch-Site', 'Content-Length'])(
    '%s sent twice',
    (name) => {
      const asked = request('POST', '/rpc/a', { ...script, 'Content-Length': '2' });
      const twice = {
        ...asked,
        rawHeaders: [...asked.rawHeaders, name.toLowerCase(), { ...script, 'Content-Length': '2' }[name] ?? ''],
      };
      expect(statusOf(twice)).toBe(400);
    },
  );

  test('whatever is written into the headers, nothing but the right token reaches a call', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom(...Object.values(script), 'http://evil.example', 'cross-site'));
    const headers = fc.dictionary(
      fc.constantFrom(...Object.keys(script), 'Upgrade', 'X-Forwarded-Host', 'Cookie'),
      value,
    );
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'get', ''),
        fc.webPath(),
        headers,
        (method, path, sent) => {
          const decision = gate(request(method, `/rpc${path}`, sent));
          if (!decision.allow) return;
          if (decision.route === 'rpc') expect(sent.Authorization).toBe(script.Authorization);
          if (decision.route !== 'file') expect(sent.Origin).toBe(`http://${sent.Host}`);
          expect(sent.Host).toBe('127.0.0.1:4173');
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});
