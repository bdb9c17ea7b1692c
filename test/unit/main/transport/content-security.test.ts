import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../../src/main/transport/content-security.ts';

const policy = contentSecurityPolicy('abc123');
const directives = new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)] as const));

test('nothing is allowed that is not named, and nothing unsafe is named', () => {
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});

test('scripts come from here only; injected styles need the nonce of this response', () => {
  expect(directives.get('script-src')).toEqual(["'self'"]);
  expect(directives.get('style-src')).toEqual(["'self'", "'nonce-abc123'"]);
});

test('the page cannot be framed, rebased or made to post a form', () => {
  for (const name of ['frame-ancestors', 'base-uri', 'form-action']) expect(directives.get(name)).toEqual(["'none'"]);
});
