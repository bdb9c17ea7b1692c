import { expect, expectAccessible, photograph, startServer, test } from './app.ts';

test('the printed link opens one tab, survives a reload and is used up', async ({ page, browser }) => {
  const served = await startServer();
  try {
    await page.goto(served.link);
    await expect(page.getByRole('heading', { level: 1, name: 'What got worse?' })).toBeVisible();
    expect(page.url()).not.toContain('key=');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: 'What got worse?' })).toBeVisible();

    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(served.link);
    await expect(other.getByRole('alert')).toContainText('this link was used before');
    await photograph(other, 'no-session');
    await expectAccessible(other);
    await context.close();
  } finally {
    await served.stop();
  }
});

test('the palette finds and runs a command without a mouse', async ({ app }) => {
  await app.getByRole('heading', { level: 1 }).waitFor();
  await app.keyboard.press('Control+k');
  const search = app.getByRole('textbox', { name: 'Type a command' });
  await expect(search).toBeFocused();
  await expect(app.getByText('Import exported predictions')).toBeVisible();
  await photograph(app, 'palette');
  await expectAccessible(app);
  await search.fill('three questions');
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('heading', { level: 1, name: 'Model or machine?' })).toBeVisible();
});

test('? lists the keys, and they do what the list says', async ({ app }) => {
  await app.getByRole('heading', { level: 1 }).waitFor();
  await app.keyboard.press('?');
  const keys = app.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toContainText('Go to start');
  await photograph(app, 'keys');
  await expectAccessible(app);
  await app.keyboard.press('Escape');
  await expect(keys).toBeHidden();

  await app.keyboard.press('g');
  await app.keyboard.press('i');
  await expect(app.getByRole('heading', { level: 1, name: 'Import exported predictions' })).toBeVisible();
  await expect(app.getByRole('textbox', { name: /Path of a folder/ })).toBeFocused();
  await app.keyboard.type('g s ?');
  await expect(app.getByRole('textbox', { name: /Path of a folder/ })).toHaveValue('g s ?');
});

test('letter keys can be switched off, keys with a modifier stay', async ({ app }) => {
  await app.getByRole('heading', { level: 1 }).waitFor();
  await app.keyboard.press('?');
  await app.getByRole('checkbox', { name: /without Ctrl/ }).uncheck();
  await app.keyboard.press('Escape');
  await app.keyboard.press('t');
  await app.keyboard.press('?');
  await expect(app.getByRole('dialog')).toHaveCount(0);
  await app.reload();
  await app.getByRole('heading', { level: 1 }).waitFor();
  await app.keyboard.press('?');
  await expect(app.getByRole('dialog')).toHaveCount(0);
  await app.keyboard.press('Control+k');
  await expect(app.getByRole('dialog')).toBeVisible();
});

test('the theme follows the system until a person chooses, and the choice is kept', async ({ app }) => {
  const scheme = () => app.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'));
  await app.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(scheme).toBe('dark');
  await app.getByRole('button', { name: 'Switch to light' }).click();
  await expect.poll(scheme).toBe('light');
  await app.reload();
  await expect.poll(scheme).toBe('light');
});

test('skip link, focus and address follow the page', async ({ app }) => {
  await app.getByRole('heading', { level: 1 }).waitFor();
  await app.keyboard.press('Tab');
  await expect(app.getByRole('button', { name: 'Skip to content' })).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('main')).toBeFocused();
  await app.getByRole('link', { name: 'Three questions pick an axis' }).click();
  await expect(app.getByRole('main')).toBeFocused();
  expect(app.url()).toContain('#/which');
  await app.goBack();
  await expect(app.getByRole('heading', { level: 1, name: 'What got worse?' })).toBeVisible();
});

test('an unknown address and an impossible one say what to do next', async ({ app }) => {
  await app.go('/nowhere/at/all');
  await expect(app.getByRole('heading', { level: 1, name: 'No such page' })).toBeVisible();
  await expectAccessible(app);
  await photograph(app, 'not-found');
  await app.getByRole('link', { name: 'Go to start' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'What got worse?' })).toBeVisible();
});

test('an address whose windows are no days is refused in words', async ({ app, complaints }) => {
  await app.go('/accuracy/d/any/result?ref=last-month&cur=2026-01-01..2026-01-02');
  await expect(app.getByRole('alert')).toContainText('The page stopped');
  await expectAccessible(app);
  // The router reports what it caught; that is the error under test.
  complaints.length = 0;
});

test('nothing is loaded from elsewhere, and the policy needs no exception', async ({ page, server }) => {
  const foreign: string[] = [];
  const refused: string[] = [];
  page.on('request', (call) => {
    if (!call.url().startsWith(server.origin) && !/^(data|blob):/.test(call.url())) foreign.push(call.url());
  });
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text());
  });
  await page.addInitScript((token) => sessionStorage.setItem('driftbench.token', token), server.token);
  const response = await page.goto(`${server.origin}/#/`);
  const policy = (await response?.headerValue('content-security-policy')) ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(foreign).toEqual([]);
  expect(refused).toEqual([]);
});

test('the first load stays under one megabyte compressed, without the charts', async ({ page, server }) => {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  let transferred = 0;
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    transferred += encodedDataLength;
  });
  await page.addInitScript((token) => sessionStorage.setItem('driftbench.token', token), server.token);
  await page.goto(`${server.origin}/#/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(transferred).toBeGreaterThan(100_000);
  expect(transferred).toBeLessThan(1_000_000);
});
