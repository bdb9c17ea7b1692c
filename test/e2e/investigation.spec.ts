import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible, photograph } from './app.ts';
import { answer, current, expect, heading, minute, test } from './investigation.ts';

const item = (page: Page, question: string) =>
  page.getByRole('listitem').filter({ has: page.locator('[data-check]', { hasText: question }) });

/** Answers the item that has focus, with keys only. */
const decide = async (page: Page, question: string, keys: string, sentence: string): Promise<void> => {
  await item(page, question).locator('[data-check]').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('form', { name: new RegExp(`^Your answer: ${question.slice(0, 20)}`) })).toBeVisible();
  for (const key of keys.split(' ')) await page.keyboard.press(key);
  await expect(page.getByRole('textbox', { name: 'What was seen' })).toBeFocused();
  await page.keyboard.type(sentence);
  await page.keyboard.press('Control+Enter');
  await expect(item(page, question).locator('[data-check]')).toContainText(sentence);
};

test('from the sample to the report with the keyboard alone', async ({ app }, info) => {
  test.setTimeout(15 * minute);
  const times: string[] = [];
  let began = Date.now();
  const step = (name: string, body: () => Promise<void>) =>
    test.step(name, async () => {
      await body();
      times.push(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
      began = Date.now();
    });

  await step('open the sample', async () => {
    await app.getByRole('button', { name: /^Open Silent failure/ }).waitFor();
    await app.keyboard.press('o');
    await app.waitForURL(/\/accuracy\/d\/[^/]+$/, { timeout: 3 * minute });
    await expect(app.getByRole('button', { name: /^Compare the two windows/ })).toBeEnabled();
  });
  await step('compare the suggested windows', async () => {
    await app.keyboard.press('Control+Enter');
    await expect(app.getByRole('main').getByRole('progressbar')).toBeVisible();
    await expect(app.getByRole('main').getByRole('button', { name: 'Cancel' })).toBeVisible();
    await app.waitForURL(/\/accuracy\/i\/[^/]+\/real/, { timeout: 3 * minute });
  });
  await step('is it real', async () => {
    await expect(answer(app)).toContainText('Yes, but not in the total.');
    await expect(app.getByRole('main')).toBeFocused();
  });
  await step('the windows behind it', async () => {
    await app.keyboard.press('p');
    await expect(answer(app)).toContainText('both sides are compared at the same label age');
    await app.keyboard.press('n');
    await expect(current(app)).toContainText('Is it real');
  });
  await step('where and since when', async () => {
    await app.keyboard.press('n');
    await expect(answer(app)).toContainText('Where country = PT and merchant_category = rail, since 2026-05-01');
    await expect(app.getByRole('application', { name: /^Accuracy over time, country = PT/ })).toBeVisible();
    await app.keyboard.press('c');
    await expect(app.getByRole('region', { name: 'Recorded place' })).toContainText('Recorded as the place');
  });
  await step('what kind', async () => {
    await app.keyboard.press('n');
    await expect(answer(app)).toContainText('The relation changed.');
    await expect(app.getByRole('region', { name: 'What it is not' })).toContainText('a change of mix');
  });
  await step('what moved', async () => {
    await app.keyboard.press('n');
    await expect(answer(app)).toContainText('2 version changes on record, none while it began');
  });
  await step('checklist', async () => {
    await app.keyboard.press('n');
    await expect(answer(app)).toContainText('4 items NOT DONE');
    await decide(
      app,
      'Did the way it is served change?',
      's p',
      'The service runs the same build and settings since March.',
    );
    await decide(
      app,
      'Are labels seen only for a selection?',
      's w',
      'Only reported cases get a label, in every country alike.',
    );
    await decide(app, 'Does the other axis say', 's n', 'Nobody has measured the machine yet.');
    await decide(app, 'Is the cause confirmed?', 's n', 'No replay was run: the cause stays probable.');
    for (const phase of ['Is it real', 'Where, since when', 'What kind of change']) {
      await app.getByRole('button', { name: `Phase complete: ${phase}` }).focus();
      await app.keyboard.press('Enter');
      await expect(app.getByRole('button', { name: `Phase complete: ${phase}` })).toHaveCount(0);
    }
    await expect(answer(app)).toContainText('3 of 3 phases declared complete');
  });
  await step('conclusion', async () => {
    await app.keyboard.press('n');
    const cause = app.getByRole('radio', { name: /^The relation changed/ });
    await expect(app.getByText('the evidence points here')).toHaveCount(1);
    await cause.focus();
    await app.keyboard.press('Space');
    await expect(cause).toBeChecked();
    await expect(app.getByRole('textbox', { name: /^First failure/ })).toHaveValue(/^2026-05-01 .*country = PT/);
    await expect(app.getByRole('textbox', { name: 'Why not: A model or provider version changed' })).toHaveValue(
      /2026-04-11, before the fall began/,
    );
    await app.keyboard.press('Control+Enter');
    await expect(app.getByRole('region', { name: 'Conclusion' })).toContainText('recorded 20');
  });
  await step('report', async () => {
    await app.keyboard.press('Escape');
    await app.getByRole('main').focus();
    await app.keyboard.press('n');
    const preview = app.frameLocator('iframe[title="Preview of the report"]');
    await expect(preview.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(preview.getByRole('main')).toContainText('country = PT and merchant_category = rail');
    const download = app.waitForEvent('download');
    await app.keyboard.press('Control+s');
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/report\.html$/);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('merchant_category');
    expect(text).not.toContain('nonce=');
    expect(text.length).toBeLessThan(5_000_000);
  });
  await step('and it is found again on the start screen', async () => {
    await app.keyboard.press('g');
    await app.keyboard.press('s');
    await expect(app.getByRole('region', { name: 'Recent investigations' })).toContainText('concluded');
    await photograph(app, 'start-investigations');
    await expectAccessible(app);
  });
  console.log(times.join('\n'));
  await info.attach('times', { body: times.join('\n'), contentType: 'text/plain' });
});

const stepPages = [
  ['windows', 'Are these the right rows'],
  ['real', 'Did it really get worse'],
  ['where', 'Where is it'],
  ['kind', 'Do other cases arrive'],
  ['moved', 'What else changed'],
  ['checklist', 'Was everything looked at'],
  ['conclusion', 'What is the cause'],
  ['report', 'Is this what somebody else'],
] as const;

for (const [step, question] of stepPages) {
  test(`the step “${step}” is a link of its own, and keeps nobody out`, async ({ app, follow }) => {
    test.setTimeout(4 * minute);
    await follow(step);
    await expect(heading(app)).toContainText(question);
    await expect(current(app)).toHaveCount(1);
    await expect(app.getByRole('region', { name: 'What is compared' })).toContainText('2026-05-01 … 2026-05-30');
    if (step === 'report')
      await expect(
        app.frameLocator('iframe[title="Preview of the report"]').getByRole('heading', { level: 1 }),
      ).toBeVisible();
    await expect(app.getByText(/^Reading /)).toHaveCount(0);
    await photograph(app, `investigation-${step}`);
    await expectAccessible(app);
  });
}

test('the preview shows the saved file, its links stay inside, and the file opens alone', async ({
  app,
  follow,
  browser,
}) => {
  test.setTimeout(4 * minute);
  await follow('report');
  const preview = app.frameLocator('iframe[title="Preview of the report"]');
  await expect(preview.getByRole('heading', { level: 1 })).toBeVisible();
  const link = preview.getByRole('navigation', { name: 'Contents' }).getByRole('link').last();
  await link.click();
  await expect(preview.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(heading(app)).toContainText('Is this what somebody else');

  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save HTML' }).click();
  const path = await (await download).path();
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
  await expect(app.getByRole('region', { name: 'Files' })).toContainText(digest);
  const context = await browser.newContext();
  const alone = await context.newPage();
  await alone.setContent(readFileSync(path, 'utf8'));
  await expect(alone.getByRole('heading', { level: 1 })).toHaveText(
    (await preview.getByRole('heading', { level: 1 }).textContent()) ?? '',
  );
  await expectAccessible(alone);
  await context.close();
});

test('steps are reached by number, by the palette and by the rail; back works and a pick is carried along', async ({
  app,
  follow,
}) => {
  test.setTimeout(4 * minute);
  await follow('real');
  await app.keyboard.press('4');
  await expect(heading(app)).toContainText('Where is it');
  expect(decodeURIComponent(app.url())).toContain('"merchant_category":"rail"');
  await app.keyboard.press('5');
  await expect(heading(app)).toContainText('Do other cases arrive');
  expect(decodeURIComponent(app.url())).toContain('"merchant_category":"rail"');
  await app.goBack();
  await expect(heading(app)).toContainText('Where is it');
  await app.reload();
  await expect(app.getByRole('application', { name: /^Accuracy over time, country = PT/ })).toBeVisible();
  await app.keyboard.press('Control+k');
  await app.getByRole('textbox', { name: 'Type a command' }).fill('Step 8');
  await app.keyboard.press('Enter');
  await expect(heading(app)).toContainText('What is the cause');
  await app
    .getByRole('link', { name: /What moved/ })
    .first()
    .click();
  await expect(heading(app)).toContainText('What else changed');
  await app.keyboard.press('1');
  await app.waitForURL(/\/accuracy\/d\/[^/]+$/);
});

test('an item is decided by a sentence, never by being opened; what was found stays beside it', async ({
  app,
  follow,
}) => {
  test.setTimeout(4 * minute);
  await follow('checklist');
  const files = item(app, 'Are these the right files?');
  const mine = app.getByRole('button', { name: 'Record the answer' });
  await expect(files).toBeVisible();
  await app.keyboard.press('j');
  await expect(files.locator('[data-check]')).toBeFocused();
  await app.keyboard.press('ArrowDown');
  await expect(files.locator('[data-check]')).not.toBeFocused();
  await app.keyboard.press('k');
  await app.keyboard.press('Enter');
  await expect(mine).toBeDisabled();
  await expect(files).toContainText('PASSED');
  await photograph(app, 'investigation-checklist-item');
  await expectAccessible(app);
  await app.keyboard.press('s');
  await app.keyboard.press('w');
  await expect(app.getByText('Say in one sentence what was seen.')).toBeVisible();
  await expect(mine).toBeDisabled();
  await app.keyboard.type('Two files came late.');
  await app.reload();
  await expect(app.getByRole('textbox', { name: 'What was seen' })).toHaveValue('Two files came late.');
  await app.getByRole('textbox', { name: 'What was seen' }).focus();
  await app.keyboard.press('Control+Enter');
  await expect(files).toContainText('by a person');
  await files.locator('[data-check]').click();
  await expect(files).toContainText('The program found');
  await expect(files).toContainText('this wins over what was found');

  await test.step('a symptom leads to its items', async () => {
    await app.getByRole('button', { name: 'Only the newest days look bad' }).click();
    await expect(app.locator('[data-check]')).toHaveCount(2);
    await app.goBack();
    await expect(files).toBeVisible();
  });
});

test('an investigation nobody knows is an error with a way on', async ({ app }) => {
  await app.go('/accuracy/i/nothing-of-the-kind/real');
  await expect(app.getByRole('alert')).toContainText('The investigation could not be opened');
  await expect(app.getByRole('link', { name: 'Go to start' })).toBeVisible();
  await expectAccessible(app);
});
