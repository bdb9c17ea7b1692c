import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from '@playwright/test';
import { expect as expectSoon } from './app.ts';
import { test } from './gallery-server.ts';

// What every panel, chart and table must do, whichever it is: tried on all of the result page over example documents.

// A machine that does other work at the same time is slow to draw, not wrong.
const expect = expectSoon.configure({ timeout: 25_000 });

const panelsOf = async (page: Page): Promise<Locator[]> => {
  await expect(page.getByRole('application', { name: /^Prediction drift over time/ })).toBeVisible();
  // The last of them: a long page is drawn part by part.
  await expect(page.getByRole('region', { name: 'Row ledger' })).toBeVisible();
  const panels = page
    .getByRole('main')
    .locator('section')
    .filter({ has: page.getByRole('button', { name: /^Inspect / }) });
  expect(await panels.count()).toBeGreaterThan(9);
  return panels.all();
};

const nameOf = async (panel: Locator): Promise<string> =>
  (await panel.getByRole('heading', { level: 2 }).textContent()) ?? '';

const saved = async (page: Page, panel: Locator, item: Locator): Promise<{ name: string; bytes: Buffer }> => {
  if (!(await item.isVisible())) await panel.getByRole('button', { name: 'Export' }).click();
  const waiting: Promise<Download> = page.waitForEvent('download');
  await item.click();
  const file = await waiting;
  // A menu that is closing still shows its items.
  await expect(page.getByRole('menu')).toHaveCount(0);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
};

test('every panel says what it rests on, in what time, by what method and command, and with which hashes', async ({
  show,
}) => {
  const page = await show('answer');
  for (const panel of await panelsOf(page)) {
    const name = await nameOf(panel);
    await test.step(name, async () => {
      await panel.getByRole('button', { name: `Inspect ${name}` }).click();
      const inspected = page.getByRole('dialog', { name: `Inspect: ${name}` });
      await expect(inspected).toContainText(/\d/);
      await expect(inspected.getByText(/from asking to the whole document/)).toBeVisible();
      await expect(inspected.getByRole('region', { name: `JSON of ${name}` })).toContainText(/[{["\d]/);
      await inspected.getByRole('tab', { name: 'Command' }).click();
      await expect(inspected.getByRole('region', { name: 'Command' })).toContainText('driftbench accuracy compare');
      await inspected.getByRole('tab', { name: 'Hashes' }).click();
      await expect(inspected.getByText(/^[0-9a-f]{64}$/)).toHaveCount(2);
      await page.keyboard.press('Escape');
      await expect(inspected).toBeHidden();
    });
  }
});

test('every panel leaves as JSON, every chart as CSV and PNG besides', async ({ show }) => {
  test.slow();
  const page = await show('answer');
  let pictures = 0;
  for (const panel of await panelsOf(page)) {
    const name = await nameOf(panel);
    await test.step(name, async () => {
      await panel.getByRole('button', { name: 'Export' }).click();
      const items = page.getByRole('menuitem');
      await expect(items.filter({ hasText: 'JSON' })).toHaveCount(1);
      const charts = await panel.locator('canvas').count();
      await expect(items.filter({ hasText: /PNG$/ })).toHaveCount(charts);
      for (let nth = 0; nth < charts; nth++) {
        const png = await saved(page, panel, items.filter({ hasText: /PNG$/ }).nth(nth));
        expect(png.name).toMatch(/\.png$/);
        expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
        expect(png.bytes.length).toBeGreaterThan(3000);
        const csv = await saved(page, panel, items.filter({ hasText: /CSV$/ }).nth(nth));
        expect(csv.bytes.toString().split('\r\n').length).toBeGreaterThan(1);
        pictures++;
      }
      const json = await saved(page, panel, items.filter({ hasText: 'JSON' }));
      expect(() => JSON.parse(json.bytes.toString())).not.toThrow();
    });
  }
  expect(pictures).toBeGreaterThan(8);
});

test('charts over time share one crosshair', async ({ show }) => {
  const page = await show('answer');
  await panelsOf(page);
  const figure = (name: RegExp) => page.locator('figure').filter({ has: page.getByRole('application', { name }) });
  const line = (name: RegExp) => figure(name).locator('[class*="crosshair"]');
  const chart = page.getByRole('application', { name: /^Accuracy over time/ });
  await chart.scrollIntoViewIfNeeded();
  const box = (await chart.boundingBox())!;
  await expect(line(/^Predictions and labels over time/)).toBeHidden();
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.5);
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5, { steps: 5 });
  await expect(line(/^Predictions and labels over time/)).toBeVisible();
  await expect(line(/^Prediction drift over time/)).toBeVisible();
  const middle = await line(/^Predictions and labels over time/).boundingBox();
  expect(Math.abs((middle?.x ?? 0) - (box.x + box.width * 0.5))).toBeLessThan(box.width / 40);
  await page.mouse.move(5, 5);
  await expect(line(/^Predictions and labels over time/)).toBeHidden();
});

test('the reference is drawn under the current and told apart from it in every chart that compares', async ({
  show,
}) => {
  const page = await show('answer');
  await panelsOf(page);
  for (const name of ['Scores', 'Reliability']) {
    const panel = page.getByRole('region', { name, exact: true });
    await panel.getByRole('button', { name: `Table: ${name}` }).click();
    const titles = (await panel.getByRole('columnheader').allTextContents()).join(' ');
    expect(titles, name).toMatch(/reference/);
    expect(titles, name).toMatch(/current/);
  }
});

test('a table is sorted, filtered, copied and saved as it stands on the screen', async ({ show, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await show('many');
  const where = page.getByRole('region', { name: /^Where/ });
  const grid = where.getByRole('grid', { name: 'Segments' });
  const header = grid.getByRole('columnheader', { name: 'Current' });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  // Two thousand rows, of which the page holds only those in sight.
  expect(Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(1500);
  expect(await grid.getByRole('row').count()).toBeLessThan(60);

  await where.getByRole('textbox', { name: 'Filter Segments' }).fill('c1');
  const shown = Number(await grid.getAttribute('aria-rowcount')) - 1;
  expect(shown).toBeGreaterThan(1);
  expect(shown).toBeLessThan(1500);
  await where.getByRole('button', { name: 'Copy' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const lines = copied.trimEnd().split(/\r?\n/);
  expect(lines[0]).toMatch(/^Segment\tReference\tCurrent/);
  expect(lines).toHaveLength(shown + 1);

  const waiting = page.waitForEvent('download');
  await where.getByRole('button', { name: 'CSV' }).click();
  const csv = readFileSync(await (await waiting).path(), 'utf8');
  expect(csv.trimEnd().split('\r\n')).toHaveLength(shown + 1);

  await test.step('and one row with the keyboard', async () => {
    await grid.getByRole('row').nth(1).focus();
    await page.keyboard.press('Control+c');
    const one = await page.evaluate(() => navigator.clipboard.readText());
    expect(one.trimEnd().split(/\r?\n/)).toHaveLength(2);
  });
});
