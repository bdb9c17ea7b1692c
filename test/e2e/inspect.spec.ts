import type { Page } from '@playwright/test';
import { expectAccessible, photograph } from './app.ts';
import { expect, minute, test } from './investigation.ts';

/** Opens Inspect of a panel and its tab of SQL, with keys only. */
const sqlOf = async (page: Page, panel: string) => {
  const opener = page.getByRole('button', { name: `Inspect ${panel}` });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: `Inspect: ${panel}` });
  await dialog.getByRole('tab', { name: 'JSON' }).focus();
  const tab = dialog.getByRole('tab', { name: 'SQL' });
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tab).toBeFocused();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  return { opener, dialog, listing: dialog.getByRole('region', { name: 'SQL' }) };
};

test('the SQL that made a chart is read, copied and left with the keyboard', async ({ app, follow, context }) => {
  test.setTimeout(3 * minute);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await follow('real');
  await expect(app.getByRole('application', { name: /^Accuracy over time/ })).toBeVisible();
  const { opener, dialog, listing } = await sqlOf(app, 'Accuracy by day');
  const shown = await listing.innerText();

  await test.step('it is that of the series, with every value in its place', async () => {
    expect(shown).toMatch(/SELECT [\s\S]* FROM [\s\S]*\brow\b/);
    // The reference window of the chart: days are counted from 1970.
    expect(shown).toContain('day BETWEEN 20514 AND 20573');
    expect(shown).not.toMatch(/\$\w|\?/);
    expect(shown).not.toContain('partitioned');
    await photograph(app, 'inspect-sql');
    await expectAccessible(app);
  });

  await test.step('it is scrolled and copied without a pointer', async () => {
    await app.keyboard.press('Tab');
    await expect(listing).toBeFocused();
    await app.keyboard.press('End');
    await expect.poll(() => listing.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
    await app.keyboard.press('Tab');
    await expect(dialog.getByRole('button', { name: 'Copy SQL' })).toBeFocused();
    await app.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect((await app.evaluate(() => navigator.clipboard.readText())).trim()).toBe(shown.trim());
  });

  await test.step('beside it stands which dataset it was run on', async () => {
    await dialog.getByRole('tab', { name: 'SQL' }).focus();
    await app.keyboard.press('ArrowRight');
    await expect(dialog.getByRole('tab', { name: 'Hashes' })).toHaveAttribute('aria-selected', 'true');
    await expect(dialog.getByText(/^[0-9a-f]{64}$/)).toHaveCount(2);
  });

  await app.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test('each document shows its own SQL, and one that was only looked at shows none', async ({ app, follow }) => {
  test.setTimeout(3 * minute);
  await follow('real');
  const { dialog, listing } = await sqlOf(app, 'Change against the tolerance');
  // Taking a change apart belongs to the comparison, not to the series.
  await expect(listing).toContainText('partitioned');
  await app.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await app.getByRole('grid', { name: 'Metrics' }).getByRole('row').nth(2).click();
  // The chart follows in a picture of its own.
  await expect(
    app.getByRole('application', { name: /^(?!Accuracy ).* over time, all rows: \d+ points/ }),
  ).toBeVisible();
  await app.getByRole('button', { name: /^Inspect .* by day/ }).click();
  const looked = app.getByRole('dialog', { name: /^Inspect: .* by day/ });
  await expect(looked.getByRole('tab', { name: 'JSON' })).toBeVisible();
  await expect(looked.getByRole('tab', { name: 'SQL' })).toHaveCount(0);
});
