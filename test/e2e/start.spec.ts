import { expect, expectAccessible, openSilentFailure, photograph, startServer, test } from './app.ts';

test('an empty workspace says what to do next', async ({ page }) => {
  const served = await startServer();
  try {
    await page.goto(served.link);
    await expect(page.getByText('No work yet in this workspace')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Open Silent failure/ })).toBeVisible();
    await photograph(page, 'start-empty');
    await expectAccessible(page);
  } finally {
    await served.stop();
  }
});

test('both axes say what they see and what they can’t', async ({ app }) => {
  const accuracy = app.getByRole('link', { name: /Answers got worse/ });
  await expect(accuracy).toContainText('Can’t see a machine at 60 % of its former speed.');
  const throughput = app.getByRole('link', { name: /It got slower/ });
  await expect(throughput).toContainText('Can’t see a model that is wrong at full speed.');
  await accuracy.click();
  await expect(app.getByRole('heading', { level: 1, name: 'Import exported predictions' })).toBeVisible();
});

test('three questions pick an axis, and the answers are in the address', async ({ app }) => {
  await app.go('/which');
  await expectAccessible(app);
  await app.getByRole('radio', { name: /More answers are wrong/ }).check();
  await app.getByRole('radio', { name: 'Another answer' }).check();
  await expect(app.getByText('The suggestion appears')).toBeVisible();
  await app.getByRole('radio', { name: /Customers, data sources/ }).check();
  await expect(app.getByText('Look at the model.')).toBeVisible();
  await photograph(app, 'which-axis');
  await expectAccessible(app);
  await app.reload();
  await expect(app.getByText('Look at the model.')).toBeVisible();
});

test('the sample incident opens with the keyboard alone, at its windows and then at a result', async ({
  page: app,
}) => {
  test.slow();
  // A server of its own: where another test has opened the sample before, nothing is left to run.
  const served = await startServer();
  try {
    await app.goto(served.link);
    await app.getByRole('button', { name: /^Open Silent failure/ }).waitFor();
    await app.keyboard.press('o');
    await expect(app.getByRole('progressbar').first()).toBeVisible();
    await expect(app.getByRole('button', { name: /1 running/ })).toBeVisible();
    await photograph(app, 'start-opening-sample');
    await expectAccessible(app);
    await app.waitForURL(/\/accuracy\/d\/[^/]+$/, { timeout: 80_000 });
    await expect(app.getByRole('main')).toBeFocused();
    await expect(app.getByRole('textbox', { name: 'Current window, from' })).toHaveValue('2026-05-01');
    await app.getByRole('button', { name: 'Result on one page' }).focus();
    await app.keyboard.press('Enter');
    await app.waitForURL(/\/accuracy\/d\/[^/]+\/result\?/);
    await expect(app.getByText(/^regression$/).first()).toBeVisible({ timeout: 60_000 });

    await test.step('and is listed as recent work with its date', async () => {
      await app.keyboard.press('g');
      await app.keyboard.press('s');
      await expect(app.getByRole('region', { name: 'Recent investigations' })).toContainText('None yet.');
      const analyses = app.getByRole('region', { name: 'Recent analyses' });
      await expect(analyses.getByRole('link')).toHaveCount(1);
      await expect(analyses).toContainText('regression');
      await expect(analyses.locator('time')).toHaveText(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC$/);
      await expect(app.getByRole('region', { name: 'Recent datasets' })).toContainText('silent-failure');
      await photograph(app, 'start');
      await expectAccessible(app);
      await analyses.getByRole('link').focus();
      await app.keyboard.press('Enter');
      await app.waitForURL(/\/result\?/);
    });

    await test.step('a second opening finds what is there', async () => {
      expect(await openSilentFailure(app, served.origin)).toContain('/result?');
    });
  } finally {
    await served.stop();
  }
});

test('work goes on when its page is left or reloaded, and its end is told', async ({ page }) => {
  test.slow();
  const served = await startServer();
  try {
    await page.goto(served.link);
    await page.getByRole('button', { name: /^Open Silent failure/ }).click();
    await expect(page.getByRole('button', { name: '1 running' })).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: '1 running' }).click();
    await expect(page.getByRole('progressbar').last()).toBeVisible();
    await expectAccessible(page);
    await photograph(page, 'running-jobs');
    await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 120_000 });
    await expect(page.getByRole('region', { name: 'Recent datasets' })).toContainText('silent-failure');
  } finally {
    await served.stop();
  }
});

test('opening a sample can be cancelled and leaves no dataset', async ({ page }) => {
  const served = await startServer();
  try {
    await page.goto(served.link);
    await page.getByRole('button', { name: /^Open Silent failure/ }).click();
    await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: /^Open Silent failure/ })).toBeVisible();
    await page.reload();
    await expect(page.getByText('No work yet in this workspace')).toBeVisible();
  } finally {
    await served.stop();
  }
});

test('a workbench that went away is an error with a way on, not a blank page', async ({ page, complaints }) => {
  const served = await startServer();
  await page.goto(served.link);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('button', { name: /^Open Silent failure/ }).waitFor();
  await served.stop();
  await page.getByRole('textbox', { name: /Path of a folder/ }).fill('/data');
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('the workbench does not answer');
  await expect(alert).toContainText('Check that the workbench still runs');
  await expect(alert.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page);
  await photograph(page, 'workbench-gone');
  complaints.length = 0;
});
