import { expectAccessible, openInvestigation, photograph, signIn } from './app.ts';
import { answer, expect, heading, history, minute, test } from './investigation.ts';

// What goes on the record, what is only looked at, and that neither is lost.

test('undo, redo and taking one entry back are entries; another window follows', async ({
  app,
  opened,
  server,
  follow,
}) => {
  test.setTimeout(5 * minute);
  await follow('where');
  const other = await app.context().newPage();
  await signIn(other, server.token);
  await other.goto(`${server.origin}/#${opened}/checklist`);
  await expect(heading(other)).toContainText('Was everything looked at');

  await test.step('rename, seen in both windows', async () => {
    await app.keyboard.press('h');
    await expect(history(app)).toContainText('investigation opened');
    await photograph(app, 'investigation-history');
    await expectAccessible(app);
    await history(app).getByRole('textbox', { name: 'Title' }).fill('Rail expenses in Portugal');
    await app.keyboard.press('Enter');
    await expect(history(app)).toContainText('title changed: Rail expenses in Portugal');
    await app.keyboard.press('Escape');
    for (const page of [app, other])
      await expect(page.getByRole('region', { name: 'What is compared' })).toContainText('Rail expenses in Portugal');
  });
  await test.step('undo and redo by key', async () => {
    const bar = app.getByRole('region', { name: 'What is compared' });
    await app.keyboard.press('Control+z');
    await expect(bar).not.toContainText('Rail expenses');
    await expect(other.getByRole('region', { name: 'What is compared' })).not.toContainText('Rail expenses');
    await app.keyboard.press('Control+Shift+z');
    await expect(bar).toContainText('Rail expenses');
  });
  await test.step('one entry is taken back from the list', async () => {
    await app.keyboard.press('h');
    const line = history(app)
      .getByRole('listitem')
      .filter({ hasText: /^\d+title changed: Rail/ });
    await line.getByRole('button', { name: /^Take back/ }).click();
    await expect(line).toContainText('taken back by entry');
    await expect(history(app).getByRole('listitem').first()).toContainText('taken back: title changed');
  });
  await test.step('a reload keeps the history open', async () => {
    await app.reload();
    await expect(history(app)).toContainText('taken back: title changed');
  });
});

test('a conclusion needs its words; a draft survives a reload', async ({ app, follow }) => {
  test.setTimeout(4 * minute);
  await follow('conclusion');
  const record = app.getByRole('button', { name: 'Record the conclusion' });
  await expect(record).toBeDisabled();
  await expect(app.getByRole('status').filter({ hasText: 'Choose the cause.' })).toBeVisible();
  await app.getByRole('radio', { name: /^The relation changed/ }).check();
  await app.getByRole('radio', { name: /^Confirmed/ }).check();
  await expect(app.getByText('Say how it was confirmed.')).toBeVisible();
  const actions = app.getByRole('textbox', { name: /^Actions/ });
  await expect(actions).toHaveValue(/train again/);
  await actions.fill('Route Portuguese rail expenses to people.');
  await app.reload();
  await expect(actions).toHaveValue('Route Portuguese rail expenses to people.');
  await app.getByRole('radio', { name: /^The mix moved/ }).check();
  await expect(actions).toHaveValue('Route Portuguese rail expenses to people.');
  await expect(app.getByRole('region', { name: 'Still NOT DONE' })).toContainText('nobody has answered yet');
});

test('what kind follows what is picked, and the record stays with its own rows', async ({ app, follow }) => {
  test.setTimeout(5 * minute);
  await follow('kind');
  const rows = app.getByRole('region', { name: 'Rows that are split' });
  const kind = app.getByRole('region', { name: 'What kind of change' });
  await expect(rows).toContainText('countryPTmerchant_categoryrail');
  await expect(rows).toContainText('the rows on record');
  await expect(kind).toContainText('within countryPTmerchant_categoryrail');
  const recorded = await kind.textContent();

  await test.step('another segment picked under Where is split as well', async () => {
    await app.keyboard.press('4');
    const table = app.getByRole('grid', { name: 'Segments' });
    await app.getByRole('textbox', { name: 'Filter Segments' }).fill('gifts');
    // The whole category comes before its parts when rows are counted.
    await table.getByRole('button', { name: 'n', exact: true }).click();
    await table.getByRole('row').nth(1).click();
    await expect(app.getByRole('region', { name: 'Selection' })).toContainText('gifts');
    await app.keyboard.press('5');
    await expect(rows).toContainText('below stands what is picked');
    await expect(kind).toContainText(/within .*gifts/);
    await expect(app.getByRole('region', { name: 'From before to now' })).toContainText(/within .*gifts/);
    expect(await kind.textContent()).not.toBe(recorded);
    await expect(answer(app)).toContainText('The relation changed.');
    expect(decodeURIComponent(app.url())).toContain('gifts');
    await photograph(app, 'investigation-kind-picked');
    await expectAccessible(app);
  });
  await test.step('a reload keeps it, and the way back leads to the rows on record', async () => {
    await app.reload();
    await expect(kind).toContainText(/within .*gifts/);
    await rows.getByRole('button', { name: 'Back to the rows on record' }).click();
    await expect(kind).toContainText('within countryPTmerchant_categoryrail');
    await expect(rows).toContainText('the rows on record');
    await app.goBack();
    await expect(kind).toContainText(/within .*gifts/);
  });
});

test('other windows put the conclusion and completed phases aside; taking them back brings both again', async ({
  app,
  server,
}) => {
  test.setTimeout(8 * minute);
  // Of its own: other windows would change what the other tests look at.
  const own = await openInvestigation(app, server.origin);
  const pinned = app.getByRole('region', { name: 'What is compared' });
  const conclusion = app.getByRole('region', { name: 'Conclusion', exact: true });
  await app.keyboard.press('8');
  await app.getByRole('radio', { name: /^The relation changed/ }).check();
  await app.keyboard.press('Control+Enter');
  await expect(conclusion).toContainText('recorded 20');

  await test.step('the page says so before, and does so', async () => {
    await app.getByRole('main').focus();
    await app.keyboard.press('2');
    await expect(app.getByRole('region', { name: 'Windows', exact: true })).toContainText(
      'conclusion and completed phases are put aside',
    );
    await app.getByRole('textbox', { name: 'Current window, from' }).fill('2026-05-08');
    await app.keyboard.press('Enter');
    await app.getByRole('button', { name: /^Compare these windows instead/ }).click();
    await expect(pinned).toContainText('2026-05-08 … 2026-05-30', { timeout: 3 * minute });
    await app.goto(`${server.origin}/#${own}/conclusion`);
    await expect(conclusion).toContainText('not recorded yet');
    await expect(app.getByRole('radio', { name: /^The relation changed/ })).not.toBeChecked();
  });
  await test.step('nothing is lost: it stands in the history, and undo brings it back', async () => {
    await app.keyboard.press('h');
    await expect(history(app)).toContainText('conclusion written');
    await photograph(app, 'investigation-history-put-aside');
    await app.keyboard.press('Escape');
    await app.getByRole('main').focus();
    await app.keyboard.press('Control+z');
    await expect(pinned).toContainText('2026-05-01 … 2026-05-30');
    await expect(conclusion).toContainText('recorded 20');
    await expect(app.getByRole('radio', { name: /^The relation changed/ })).toBeChecked();
  });
});
