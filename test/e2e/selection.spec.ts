import { expectAccessible, expect as expectSoon, photograph } from './app.ts';
import { test } from './gallery-server.ts';

// Linked brushing over example documents: what is picked in one place filters the others, and is a link.

// A machine that does other work at the same time is slow to draw, not wrong.
const expect = expectSoon.configure({ timeout: 25_000 });

test('days dragged over a chart filter the other panels, survive a reload and let go', async ({ show }) => {
  const page = await show('answer');
  const chart = page.getByRole('application', { name: /^Accuracy over time/ });
  await expect(chart).toBeVisible();
  const box = (await chart.boundingBox())!;
  const y = box.y + box.height * 0.6;
  await page.mouse.move(box.x + box.width * 0.75, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, y, { steps: 4 });
  await page.mouse.move(box.x + box.width * 0.85, y, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/days=/);
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar).toContainText('The panels below show these rows');
  const inside = page.getByRole('region', { name: /^What is different inside/ });
  await expect(inside).toContainText('amount');
  await expect(inside).toContainText('Different, not therefore the cause');
  // The chart itself still shows every day.
  await expect(page.getByRole('application', { name: /Accuracy over time, all rows: 90 points/ })).toBeVisible();
  const address = page.url();
  await page.reload();
  await expect(inside).toContainText('amount');
  expect(page.url()).toBe(address);
  await photograph(page, 'selection');
  await expectAccessible(page);
  await bar.getByRole('button', { name: 'Let go of the days' }).click();
  await expect(bar).toBeHidden();
  await page.goBack();
  await expect(page).not.toHaveURL(/days=/);
});

test('the arrow keys with shift pick days, a segment adds to them', async ({ show }) => {
  const page = await show('answer');
  const chart = page.getByRole('application', { name: /^Accuracy over time/ });
  await chart.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page).toHaveURL(/days=2026-03-29\.\.2026-03-31/);
  await page.getByRole('row').filter({ hasText: 'travel' }).first().click();
  const inside = page.getByRole('region', { name: /^What is different inside/ });
  await expect(inside).toContainText('merchant_category');
  await expect(inside).toContainText('2026-03-29');
  await page.getByLabel('errors only, in what is different').check();
  await expect(page).toHaveURL(/errors=true/);
  await chart.focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+U');
  await expect(page).not.toHaveURL(/days=/);
});

test('each segment has its days in a strip', async ({ show }) => {
  const page = await show('many');
  const where = page.getByRole('region', { name: /^Where/ });
  await expect(where.getByRole('img', { name: /weeks below the reference/ }).first()).toBeVisible();
  await expect(where.getByRole('columnheader', { name: 'Over time' })).toBeVisible();
});
