import { readFileSync } from 'node:fs';
import type { Locator, Page, Request } from '@playwright/test';
import { expectAccessible, expect as expectSoon, openSilentFailure, photograph, showIn, test, themes } from './app.ts';

// A machine that does other work at the same time is slow to draw, not wrong.
const expect = expectSoon.configure({ timeout: 30_000 });
const minute = 60_000;

const panel = (page: Page, name: string | RegExp): Locator => page.getByRole('region', { name });
const chart = (page: Page, name: RegExp): Locator => page.getByRole('application', { name });
const failingSegment = /^Accuracy over time, country = PT and merchant_category = rail/;

/** The result of the sample, with all that is computed for it on the screen. */
const openResult = async (page: Page, origin: string): Promise<void> => {
  await openSilentFailure(page, origin);
  await expect(panel(page, 'What happened')).toBeVisible({ timeout: minute });
  await expect(chart(page, /^Accuracy over time, all rows/)).toBeVisible({ timeout: minute });
  await expect(chart(page, /^Prediction drift over time/)).toBeVisible();
};

const saved = async (page: Page, start: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> => {
  const download = page.waitForEvent('download');
  await start();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
};

// Committed pictures change only when asked for, or every test run would leave a changed file behind.
const pictures = process.env.DRIFTBENCH_PICTURES ? 'docs/screenshots' : 'test-results/screenshots';

/** From now on: what was asked about a dataset, and when it was answered. */
const answersIn = (page: Page): string[] => {
  const order: string[] = [];
  const note = (what: string) => (request: Request) => {
    const [, name] = /\/rpc\/accuracy\/(\w+)$/.exec(request.url()) ?? [];
    // Reading ahead for picks ends when it ends.
    if (name && name !== 'prepareSelections') order.push(`${name} ${what}`);
  };
  page.on('request', note('asked'));
  page.on('response', (response) => note('answered')(response.request()));
  return order;
};

const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

test('the answer is read from top to bottom', async ({ app, server }) => {
  test.setTimeout(5 * minute);
  await openResult(app, server.origin);
  const answer = panel(app, 'What happened');

  await test.step('what, how much, since when, of what kind, on which terms', async () => {
    await expect(answer.getByText(/^regression$/).first()).toBeVisible();
    await expect(answer).toContainText('no change');
    await expect(answer).toContainText('countryPTmerchant_categoryrail');
    await expect(answer).toContainText('2026-05-01');
    await expect(answer).toContainText('fixed before looking');
    await expect(answer).toContainText('provisional');
    await expect(answer).toContainText('This axis cannot see the machine');
    await expect(answer.getByRole('img', { name: /^Change against the tolerance/ })).toBeVisible();
  });

  await test.step('where, and beside it what is a symptom and what is only stored', async () => {
    await expect(panel(app, /^Where/)).toContainText(/examined, .* tested in one family of/);
    await expect(panel(app, 'Prediction drift')).toContainText('below its threshold');
    await expect(panel(app, 'Feature drift')).toContainText('never an alarm');
    await expect(panel(app, /^What kind/)).toContainText('admissible');
    await expect(panel(app, 'Metrics')).toContainText('Accuracy primary');
    await expect(panel(app, 'Label latency')).toContainText('never labelled');
    await expect(panel(app, 'Row ledger')).toContainText('360\u202f000');
  });

  await test.step('pictures for the README', async () => {
    await app.setViewportSize({ width: 1440, height: 900 });
    await app.mouse.move(0, 0);
    for (const theme of themes) {
      await showIn(app, theme);
      await answer.evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + scrollY - 56));
      await drawn(app);
      await app.screenshot({ path: `${pictures}/result-${theme}.png`, animations: 'disabled' });
    }
  });

  await test.step('why something was ruled out is one key away', async () => {
    await answer.locator('summary', { hasText: 'Ruled out' }).focus();
    await app.keyboard.press('Enter');
    await expect(answer.getByRole('definition').filter({ hasText: 'labels' }).first()).toBeVisible();
  });

  await test.step('nothing a program can find keeps anybody out', async () => {
    await expectAccessible(app);
    await photograph(app, 'result');
  });
});

test('segments are walked with the keyboard; the choice is in the address', async ({ app, server }) => {
  test.setTimeout(5 * minute);
  const ahead = app.waitForResponse(/\/rpc\/accuracy\/prepareSelections$/);
  await openResult(app, server.origin);
  expect((await ahead).ok()).toBe(true);
  const everything = app.url();
  const where = panel(app, /^Where/);
  const selected = where.getByRole('row', { selected: true });

  await test.step('the first is the failing pair, by week because a day has too few labels', async () => {
    const order = answersIn(app);
    await app.keyboard.press('j');
    await expect(chart(app, failingSegment)).toBeVisible({ timeout: minute });
    expect(decodeURIComponent(app.url())).toContain('"merchant_category":"rail"');
    await expect(panel(app, /^Accuracy by week/)).toBeVisible();
    await expect(selected).toContainText('rail');
    // The dear ones wait until what is different inside is known, or it would take as long as they do.
    expect(order[0]).toBe('explainSelection asked');
    expect(order[1]).toBe('explainSelection answered');
    expect(order[2]).toBe('series asked');
    await expect.poll(() => order).toContain('slice asked');
    await photograph(app, 'result-segment');
    await expectAccessible(app);

    // What lies further down and is dear is asked for when it is looked at.
    const kind = panel(app, /^What kind/);
    await expect(kind).toContainText('Reading the kind of change');
    const slices = () => order.filter((entry) => entry === 'slice asked').length;
    expect(slices()).toBe(1);
    await kind.scrollIntoViewIfNeeded();
    await expect(kind).toContainText('admissible', { timeout: minute });
    expect(slices()).toBe(2);
    expect(order).not.toContain('featureDrift asked');
    const features = panel(app, 'Feature drift');
    await app.route(/\/rpc\/accuracy\/featureDrift$/, (route) => route.abort(), { times: 1 });
    await features.scrollIntoViewIfNeeded();
    await expect(features).toContainText('Reading the drift of the features did not work', { timeout: minute });
    await features.screenshot({ path: 'test-results/screenshots/seen-place-error.png' });
    await features.getByRole('button', { name: 'Try again' }).click();
    await expect(features.getByRole('grid', { name: 'Feature drift' })).toBeVisible({ timeout: minute });
    await photograph(app, 'result-segment-whole');
    await expectAccessible(app);
  });

  await test.step('back leaves it, forward returns, a reload keeps it', async () => {
    await app.goBack();
    await expect(panel(app, /^Accuracy by day/)).toBeVisible();
    expect(app.url()).toBe(everything);
    await app.goForward();
    await app.reload();
    await expect(chart(app, failingSegment)).toBeVisible({ timeout: minute });
    // The table stands once the series does.
    await expect(selected).toHaveAttribute('aria-rowindex', '2');
  });

  await test.step('on, back, and out again', async () => {
    await app.keyboard.press('j');
    await expect(selected).toHaveAttribute('aria-rowindex', '3');
    await app.keyboard.press('k');
    await expect(selected).toHaveAttribute('aria-rowindex', '2');
    await panel(app, /^Accuracy by/)
      .getByRole('button', { name: 'All rows' })
      .click();
    await expect(panel(app, /^Accuracy by day/)).toBeVisible();
    await expect(selected).toHaveCount(0);
  });

  await test.step('filters show the regressions, and what was not tested', async () => {
    await where.getByText(/^regressions \d+$/).click();
    await expect(where.getByRole('row')).toHaveCount(2);
    await expect(where.getByRole('row').nth(1)).toContainText('rail');
    await where.getByText(/^not enough data /).click();
    await expect(where.getByRole('row').nth(1)).toContainText('not enough data');
  });
});

test('other windows: the verdict stands first, and what does not hang on them is not read again', async ({
  app,
  server,
}) => {
  test.setTimeout(3 * minute);
  await openResult(app, server.origin);
  const strip = panel(app, /^Where/)
    .getByRole('img', { name: /below the reference/ })
    .first();
  await expect(strip).toBeVisible({ timeout: minute });
  const order = answersIn(app);
  // What is on the page when the verdict's picture comes, and when each part after it.
  const parts = app.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const seen: string[] = [];
        const watch = new MutationObserver(() => {
          const now = [...document.querySelectorAll('main section > header h2')].map((title) => title.textContent);
          if (!document.querySelector('main section')?.textContent?.includes('2026-05-08 … 2026-05-21')) return;
          seen.push(now.join('; '));
          if (now.includes('Row ledger')) done(seen);
        });
        watch.observe(document.body, { subtree: true, childList: true });
        location.hash = location.hash.replace(/cur=[^&]*/, 'cur=2026-05-08..2026-05-21');
      }),
  );
  const [first, ...later] = await parts;
  expect(first).toBe('What happened');
  expect(later.at(-1)).toContain('What happened; Accuracy by day; Where: segments, worst first');
  await expect(strip).toBeVisible();
  expect(order.filter((entry) => entry.endsWith('asked'))).toEqual(['compare asked']);
  await photograph(app, 'result-other-windows');
});

test('every number can be questioned and taken away', async ({ app, server }) => {
  test.setTimeout(5 * minute);
  await openResult(app, server.origin);

  await test.step('a chart is walked through point by point', async () => {
    const spoken = panel(app, /^Accuracy by day/).locator('output');
    await chart(app, /^Accuracy over time/).focus();
    await app.keyboard.press('Home');
    await expect(spoken.filter({ hasText: '2026-03-02' })).toContainText(/realised 9\d\.\d+/);
    await app.keyboard.press('ArrowRight');
    await expect(spoken.filter({ hasText: '2026-03-03' })).toContainText(/n = .* labelled of/);
    await app.keyboard.press('End');
    await expect(spoken.filter({ hasText: '2026-05-30' })).toContainText('not enough data to act on');
  });

  await test.step('every panel can be inspected', async () => {
    const headers = app.getByRole('main').locator('section > header');
    await expect(app.getByRole('button', { name: /^Inspect / })).toHaveCount(await headers.count());
    const inspect = app.getByRole('button', { name: 'Inspect Prediction drift' });
    await inspect.focus();
    await app.keyboard.press('Enter');
    const dialog = app.getByRole('dialog', { name: 'Inspect: Prediction drift' });
    await expect(dialog).toContainText('"threshold"');
    await expect(dialog).toContainText('/predictionDrift');
    await expectAccessible(app);
    await dialog.getByRole('tab', { name: 'Command' }).click();
    await expect(dialog).toContainText('driftbench accuracy compare silent-failure-');
    await dialog.getByRole('tab', { name: 'Hashes' }).click();
    await expect(dialog.getByText(/^[0-9a-f]{64}$/)).toHaveCount(2);
    await app.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(inspect).toBeFocused();
  });

  const latency = panel(app, 'Label latency');
  const exported = (from: Locator, name: string) => async () => {
    await from.getByRole('button', { name: 'Export' }).click();
    await app.getByRole('menuitem', { name }).click();
  };

  await test.step('charts leave as CSV and PNG, tables with all their rows', async () => {
    const csv = await saved(app, exported(latency, 'CSV'));
    expect(csv.name).toBe('label-latency.csv');
    expect(csv.bytes.toString()).toMatch(/^age in days,labelled share\r\n0,\d/);
    const png = await saved(app, exported(latency, 'PNG'));
    expect(png.name).toBe('label-latency.png');
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(png.bytes.length).toBeGreaterThan(4000);
    const segments = await saved(app, exported(panel(app, /^Where/), 'CSV'));
    expect(segments.bytes.toString().split('\r\n').length).toBeGreaterThan(500);
  });

  await test.step('charts are rows for those who want rows', async () => {
    await latency.getByRole('button', { name: 'Table: Label latency' }).click();
    await expect(latency.getByRole('grid')).toContainText('labelled share');
    await expect(latency.getByRole('application')).toHaveCount(0);
    await expectAccessible(app);
    await latency.getByRole('button', { name: 'Chart: Label latency' }).click();
    await expect(latency.getByRole('application')).toBeVisible();
  });
});
