import { expectAccessible, expect as expectSoon, photograph } from './app.ts';
import { test } from './gallery-server.ts';

// States that no dataset brings about on demand: the real window with documents instead of a backend.

// A machine that does other work at the same time is slow to draw, not wrong.
const expect = expectSoon.configure({ timeout: 25_000 });

test('the documented example is drawn whole', async ({ show }) => {
  const page = await show('answer');
  await expect(page.getByRole('application', { name: /^Accuracy over time/ })).toBeVisible();
  await expect(page.getByRole('region', { name: /^What kind/ })).toContainText('5 of 6');
  await expect(page.getByRole('region', { name: 'Row ledger' })).toBeVisible();
  await photograph(page, 'result-example');
  await expectAccessible(page);
});

test('a browser that does not say when it is idle draws the whole page too', async ({ page, show }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'requestIdleCallback'));
  const shown = await show('answer');
  await expect(shown.getByRole('region', { name: 'Row ledger' })).toBeVisible();
  expect(await shown.evaluate(() => 'requestIdleCallback' in window)).toBe(false);
});

test('two thousand segments with hostile names scroll, filter and stay text', async ({ show }) => {
  const page = await show('many');
  const where = page.getByRole('region', { name: /^Where/ });
  await expect(where).toContainText('2 000 rows'.replace(' ', '\u202f'));
  expect(await where.getByRole('row').count()).toBeLessThan(80);
  await where.getByRole('textbox').fill('script');
  await expect(where.getByRole('row').nth(1)).toContainText('"><script>alert(1)</script>');
  await where.getByRole('row').nth(1).click();
  await expect(page.getByRole('application', { name: /^Accuracy over time, country = c0 and/ })).toBeVisible();
  await expectAccessible(page);
});

test('nothing to show is said, panel by panel', async ({ show }) => {
  const page = await show('empty');
  for (const text of [
    'none regressed',
    'no onset',
    'Nothing was ruled out.',
    'There was no change to take apart.',
    'No segment columns were declared for this dataset.',
    'This dataset has no features beside its segments.',
    'the labels have no time column',
  ])
    await expect(page.getByText(text).first()).toBeVisible();
  await photograph(page, 'result-empty');
  await expectAccessible(page);
});

test('a fault is one sentence with a next step', async ({ show }) => {
  const page = await show('failed');
  const fault = page.getByRole('alert');
  await expect(fault).toContainText('current window has no predictions: 2031-01-01..2031-01-28');
  await expect(fault.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page);
});

test('work shows its counts, and cancelling answers at once', async ({ show }) => {
  const page = await show('running');
  await expect(page.getByRole('main').getByRole('progressbar')).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/3\u202f120 of 7\u202f935 cells/);
  await photograph(page, 'result-running');
  await expectAccessible(page);
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The comparison was cancelled')).toBeVisible();
  await page.getByRole('button', { name: 'Compare again' }).click();
  await expect(page.getByRole('main').getByRole('progressbar')).toBeVisible();
});
