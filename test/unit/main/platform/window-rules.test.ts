import { describe, expect, test } from 'vitest';
import {
  isAppAddress,
  isRequestAllowed,
  isTrustedSender,
  restartBudget,
  windowPreferences,
} from '../../../../src/main/platform/window-rules.ts';

describe('an address is ours', () => {
  test.each(['app://driftbench/', 'app://driftbench/accuracy/result?dataset=a#x'])('%s', (address) => {
    expect(isAppAddress(address)).toBe(true);
  });

  test.each([
    'app://evil/',
    'app://driftbench.evil/',
    'app://user@driftbench/',
    'app://driftbench:8080/',
    'https://driftbench/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'about:blank',
    '',
    'not an address',
  ])('not %s', (address) => {
    expect(isAppAddress(address)).toBe(false);
  });
});

test('requests leave the window to our pages only; DevTools where they are asked for', () => {
  const closed = { devTools: false };
  expect(isRequestAllowed('app://driftbench/assets/a.js', closed)).toBe(true);
  expect(isRequestAllowed('data:image/png;base64,AA==', closed)).toBe(true);
  for (const address of [
    'https://example.org/',
    'http://127.0.0.1:1/',
    'ws://127.0.0.1/',
    'file:///a',
    'devtools://x/',
  ]) {
    expect(isRequestAllowed(address, closed)).toBe(false);
  }
  expect(isRequestAllowed('devtools://devtools/bundled/a.js', { devTools: true })).toBe(true);
});

describe('a sender is trusted', () => {
  const good = { url: 'app://driftbench/', isMainFrame: true, contentsId: 3 };
  const windows = new Set([3]);

  test('when it is the main frame of a window of ours on a page of ours', () => {
    expect(isTrustedSender(good, windows)).toBe(true);
  });

  test.each([
    ['it has gone', null],
    ['it is a frame inside', { ...good, isMainFrame: false }],
    ['its window is not ours', { ...good, contentsId: 4 }],
    ['its page is not ours', { ...good, url: 'https://driftbench/' }],
    ['its page is empty', { ...good, url: '' }],
  ])('not when %s', (_name, sender) => {
    expect(isTrustedSender(sender, windows)).toBe(false);
  });
});

test('three restarts a minute, then none, and again when a minute has passed', () => {
  const budget = restartBudget(3, 60_000);
  expect([0, 10, 20, 30, 59_999].map((at) => budget.take(at))).toEqual([true, true, true, false, false]);
  expect(budget.take(60_001)).toBe(true);
  expect(budget.take(60_002)).toBe(false);
  expect(budget.take(200_000)).toBe(true);
});

test('windows are sandboxed and isolated', () => {
  expect(windowPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});
