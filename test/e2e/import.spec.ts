import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, expectAccessible, photograph, test } from './app.ts';
import { emptyFolder, writeBrokenExport, writeExport } from './export-folder.ts';

let folder = '';

test.beforeAll(async () => {
  folder = await writeExport();
});

const importAddress = (path: string): string => `/accuracy/import?path=${encodeURIComponent(path)}`;

test('from a path to a result with the keyboard alone', async ({ app }) => {
  test.slow();
  const own = await writeExport();
  await app.getByRole('heading', { level: 1 }).waitFor();
  await app.keyboard.press('g');
  await app.keyboard.press('i');
  await photograph(app, 'import-choose');
  await expectAccessible(app);
  await app.keyboard.type(own);
  await app.keyboard.press('Enter');

  await test.step('the columns are guessed and shown with their samples', async () => {
    await expect(app.getByRole('heading', { level: 1, name: /^Import / })).toBeVisible();
    await expect(app.getByRole('combobox', { name: 'Id', exact: true })).toHaveValue('prediction_id');
    await expect(app.getByRole('combobox', { name: 'Time', exact: true })).toHaveValue('predicted_at');
    await expect(app.getByRole('combobox', { name: /^Predicted class/ })).toHaveValue('predicted_class');
    await expect(app.getByRole('combobox', { name: /^True value/ })).toHaveValue('label');
    await expect(app.getByRole('combobox', { name: /^Time of arrival/ })).toHaveValue('labelled_at');
    await expect(app.getByRole('grid', { name: 'Columns of the predictions' })).toContainText('a\\nb');
    await photograph(app, 'import-confirm');
    await expectAccessible(app);
  });

  await test.step('what is not yet given is said, and giving it makes the import possible', async () => {
    const task = app.getByRole('combobox', { name: 'Task' });
    await task.focus();
    await task.selectOption('binary');
    const positive = app.getByRole('textbox', { name: /Positive class/ });
    await positive.focus();
    await app.keyboard.press('Control+a');
    await app.keyboard.press('Delete');
    await expect(app.getByText('Name the positive class, as it is written in the data.')).toBeVisible();
    await app.keyboard.press('Control+Enter');
    await expect(positive).toBeVisible();
    await app.keyboard.type('1');
    await expect(app.getByText('Every role is given.')).toBeVisible();
  });

  await test.step('every count of the row ledger is explained, with its ids', async () => {
    await app.keyboard.press('Control+Enter');
    await app.waitForURL(/\/accuracy\/d\/[^/]+$/);
    const ledger = app.getByRole('region', { name: 'Row ledger' });
    await expect(ledger.getByRole('row', { name: /^Duplicate predictions 3/ })).toBeVisible();
    const orphans = ledger.getByRole('row', { name: /^Orphan labels 7/ });
    await expect(orphans).toContainText('Labels whose id belongs to no prediction');
    await orphans.getByRole('button', { name: 'Show ids' }).focus();
    await app.keyboard.press('Enter');
    await expect(ledger).toContainText('900000');
    expect(existsSync(join(own, 'dataset.yaml'))).toBe(true);
    await photograph(app, 'dataset');
    await expectAccessible(app);
  });

  await test.step('windows are fixed, then the investigation is opened', async () => {
    await app.getByRole('textbox', { name: 'Current window, from' }).fill('2026-02-14');
    await app.getByRole('textbox', { name: 'Current window, to' }).fill('2026-02-27');
    await app.getByRole('textbox', { name: 'Reference window, from' }).fill('2026-01-01');
    await app.getByRole('textbox', { name: 'Reference window, to' }).fill('2026-02-12');
    await app.keyboard.press('ArrowUp');
    await expect(app.getByRole('textbox', { name: 'Reference window, to' })).toHaveValue('2026-02-13');
    await app.keyboard.press('Control+Enter');
    await app.waitForURL(/\/accuracy\/i\/[^/]+\/real/, { timeout: 60_000 });
    const compared = app.getByRole('region', { name: 'What is compared' });
    await expect(compared).toContainText(/regression|no change|inconclusive|improvement/, { timeout: 60_000 });
    await expect(compared).toContainText('2026-02-14 … 2026-02-27');
  });

  await test.step('and going back finds the windows as they were', async () => {
    await app.goBack();
    await expect(app.getByRole('textbox', { name: 'Reference window, to' })).toHaveValue('2026-02-13');
    await expect(app.getByRole('textbox', { name: 'Current window, from' })).toHaveValue('2026-02-14');
  });
});

test('a change of a column shows in the file, survives a reload and can be undone', async ({ app }) => {
  await app.go(importAddress(folder));
  const yaml = app.getByRole('region', { name: 'Text of dataset.yaml' });
  await expect(yaml).toContainText('prediction_id');
  await app.getByRole('combobox', { name: 'Use of channel' }).selectOption('ignored');
  await app.getByRole('combobox', { name: 'Use of country' }).selectOption('segment');
  await expect(yaml).toContainText(/segments:\s+- country/);
  await expect(yaml).toContainText(/features:\s+- amount/);
  await app.reload();
  await expect(app.getByRole('combobox', { name: 'Use of channel' })).toHaveValue('ignored');

  await test.step('the table of columns is walked, sorted and filtered by keyboard', async () => {
    const grid = app.getByRole('grid', { name: 'Columns of the predictions' });
    const rows = grid.getByRole('row');
    await grid.getByRole('button', { name: 'Column' }).focus();
    await app.keyboard.press('Enter');
    await expect(rows.nth(1)).toContainText('amount');
    await rows.nth(1).focus();
    await app.keyboard.press('ArrowDown');
    await expect(rows.nth(2)).toBeFocused();
    await app.keyboard.press('End');
    await expect(rows.last()).toBeFocused();
    await app.getByRole('textbox', { name: 'Filter Columns of the predictions' }).fill('model');
    await expect(grid).toHaveAttribute('aria-rowcount', '2');
  });

  await app.getByRole('button', { name: 'Undo my changes' }).click();
  await app.getByRole('textbox', { name: 'Filter Columns of the predictions' }).fill('');
  await expect(app.getByRole('combobox', { name: 'Use of channel' })).not.toHaveValue('ignored');
});

test('an existing dataset.yaml is used as it stands until something is changed', async ({ app }) => {
  const own = await writeExport();
  await app.go(importAddress(own));
  const positive = app.getByRole('textbox', { name: /Positive class/ });
  if (
    (await app.getByRole('combobox', { name: 'Task' }).inputValue()) === 'binary' &&
    (await positive.inputValue()) === ''
  ) {
    await positive.fill('1');
  }
  await app.getByRole('button', { name: /^Import/ }).click();
  await app.waitForURL(/\/accuracy\/d\//);
  await app.go(importAddress(own));
  await expect(app.getByText('it is used as it stands')).toBeVisible();
  await app.getByRole('textbox', { name: /^Name/ }).fill('another name');
  await expect(app.getByText('a new dataset file is written')).toBeVisible();
});

test('sources that can’t be read end in one sentence and a way on', async ({ app }) => {
  await test.step('a path that does not exist', async () => {
    await app.go(importAddress('/no/such/place'));
    await expect(app.getByRole('alert')).toContainText('/no/such/place');
    await expect(app.getByRole('link', { name: 'Choose another folder' })).toBeVisible();
    await photograph(app, 'import-error');
    await expectAccessible(app);
  });
  await test.step('a file that only looks like Parquet', async () => {
    const broken = writeBrokenExport();
    await app.go(importAddress(broken));
    await expect(app.getByRole('alert')).toContainText(
      `no readable Parquet file (1 damaged), export again, first: ${broken}`,
    );
    await expect(app.getByRole('main')).not.toContainText(/\bat .+:\d+:\d+/);
  });
  await test.step('a folder without files', async () => {
    const nothing = emptyFolder();
    await app.go(importAddress(nothing));
    await expect(app.getByRole('main')).toContainText(basename(nothing));
    await expect(app.getByRole('link', { name: 'Choose another folder' })).toBeVisible();
  });
});

test('folders are walked with the arrow keys', async ({ app }) => {
  await app.go('/accuracy/import');
  await app.getByRole('button', { name: 'Browse' }).click();
  const dialog = app.getByRole('dialog', { name: 'Choose a folder or a file' });
  await expect(dialog.getByRole('button', { name: 'Use this folder' })).toBeVisible();
  await expectAccessible(app);
  await photograph(app, 'import-browse');
  const focused = dialog.locator('button:focus');
  await expect(focused).toHaveText(/one folder up/);
  const before = await dialog.locator('bdi').textContent();
  await app.keyboard.press('Enter');
  await expect(dialog.locator('bdi')).not.toHaveText(before ?? '');
  await app.keyboard.press('ArrowDown');
  await expect(focused).toHaveCount(1);
  await expect(focused).not.toHaveText(/one folder up/);
  await app.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a dropped folder is copied into the workspace with all its partitions, and led to a report', async ({ app }) => {
  test.setTimeout(600_000);
  await app.go('/accuracy/import');
  const zone = app.getByText('Drop a folder of exported predictions and labels');
  const box = await zone.boundingBox();
  if (!box) throw new Error('the drop zone is not on the screen');
  const client = await app.context().newCDPSession(app);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await client.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await app.waitForURL(/\/accuracy\/import\?path=/);
  await expect(app.getByRole('region', { name: 'Found' })).toContainText(/6.?003 rows/);
  await expect(app.getByRole('region', { name: 'Found' })).toContainText(/59 files/);
  expect(decodeURIComponent(app.url())).not.toContain(dirname(folder));

  await test.step('and from there the keyboard alone leads to its report', async () => {
    const positive = app.getByRole('textbox', { name: /Positive class/ });
    await positive.focus();
    if ((await positive.inputValue()) === '') await app.keyboard.type('1');
    await app.keyboard.press('Control+Enter');
    await app.waitForURL(/\/accuracy\/d\/[^/]+$/, { timeout: 120_000 });
    await expect(app.getByRole('button', { name: /^Compare the two windows/ })).toBeEnabled();
    await app.keyboard.press('Control+Enter');
    await app.waitForURL(/\/accuracy\/i\/[^/]+\/real/, { timeout: 120_000 });
    for (const step of ['where', 'kind', 'moved', 'checklist', 'conclusion']) {
      await expect(app.getByRole('region', { name: 'What is compared' })).toBeVisible();
      await expect(app.getByRole('main')).toBeFocused();
      await app.keyboard.press('n');
      await app.waitForURL(new RegExp(`/${step}(\\?|$)`));
    }
    await app.getByRole('radio', { name: /^Undetermined/ }).focus();
    await app.keyboard.press('Space');
    for (const name of [/^First failure/, /^Impact/, /^What would change/, /^Actions/, /^Opened again/]) {
      const field = app.getByRole('textbox', { name });
      await field.focus();
      if ((await field.inputValue()) === '') await app.keyboard.type('not known yet');
    }
    await app.keyboard.press('Control+Enter');
    await expect(app.getByRole('region', { name: 'Conclusion' })).toContainText('recorded 20');
    await app.getByRole('main').focus();
    await app.keyboard.press('n');
    const preview = app.frameLocator('iframe[title="Preview of the report"]');
    await expect(preview.getByRole('heading', { level: 1 })).toContainText('fraud check');
    await expect(preview.getByRole('main')).toContainText(/undetermined/i);
    await expect(preview.getByRole('main')).not.toContainText(/no conclusion was written/i);
  });
});

test('windows that can’t be compared are refused before anything is computed', async ({ app }) => {
  const own = await writeExport();
  await app.go(importAddress(own));
  const positive = app.getByRole('textbox', { name: /Positive class/ });
  if (
    (await app.getByRole('combobox', { name: 'Task' }).inputValue()) === 'binary' &&
    (await positive.inputValue()) === ''
  ) {
    await positive.fill('1');
  }
  await app.getByRole('button', { name: /^Import/ }).click();
  await app.waitForURL(/\/accuracy\/d\//);
  const from = app.getByRole('textbox', { name: 'Current window, from' });
  await from.fill('2026-02-30');
  await expect(app.getByRole('alert')).toContainText('not “2026-02-30”');
  await expect(app.getByRole('button', { name: /^Compare the two windows/ })).toBeDisabled();
  await from.fill('2026-01-01');
  await expect(app.getByRole('alert')).toContainText('overlap');
  await from.fill('2026-02-20');
  await app.getByRole('textbox', { name: /Tolerance/ }).fill('none');
  await expect(app.getByRole('alert')).toContainText('tolerance');

  await test.step('dragging on the timeline sets a window', async () => {
    const timeline = app.getByRole('img', { name: /Predictions and labels per day/ });
    const box = await timeline.boundingBox();
    if (!box) throw new Error('the timeline is not on the screen');
    await app.mouse.move(box.x + box.width * 0.9, box.y + 60);
    await app.mouse.down();
    await app.mouse.move(box.x + box.width * 0.7, box.y + 60, { steps: 4 });
    await app.mouse.up();
    await expect(from).toHaveValue(/^2026-02-1\d$/);
    await expect(app.getByRole('textbox', { name: 'Current window, to' })).toHaveValue(/^2026-02-2\d$/);
  });
});
