import { expect, test } from 'vitest';
import { equalSecrets, newSecret } from '../../../../src/main/platform/secrets.ts';
import { createSessions } from '../../../../src/main/transport/sessions.ts';

const sessions = () => createSessions({ newSecret, equal: equalSecrets });

test('a key opens one session and no second one', () => {
  const { issueKey, exchange, accepts } = sessions();
  const key = issueKey();
  const token = exchange(key);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(accepts(token ?? '')).toBe(true);
  expect(exchange(key)).toBeNull();
  expect(accepts(token ?? '')).toBe(true);
});

test('keys are not tokens, and tokens of one server are nothing to another', () => {
  const one = sessions();
  const other = sessions();
  const key = one.issueKey();
  expect(one.accepts(key)).toBe(false);
  expect(other.exchange(key)).toBeNull();
  const token = one.exchange(key) ?? '';
  expect(one.exchange(token)).toBeNull();
  expect(other.accepts(token)).toBe(false);
});

test.each(['', ' ', 'undefined', 'x'.repeat(100_000)])('an unknown key opens nothing', (key) => {
  const { issueKey, exchange, accepts } = sessions();
  issueKey();
  expect(exchange(key)).toBeNull();
  expect(accepts(key)).toBe(false);
});

test('each link has a key of its own', () => {
  const { issueKey, exchange } = sessions();
  const keys = Array.from({ length: 20 }, issueKey);
  expect(new Set(keys).size).toBe(20);
  expect(new Set(keys.map(exchange)).size).toBe(20);
});
