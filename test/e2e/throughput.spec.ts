import { resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, photograph, startServer, test } from './app.ts';

const capture = (name: string): string => resolve('test/fixtures/captures', name);
const runner = resolve('test/fixtures/runners/well-behaved.mjs');
const node = process.execPath;

const panel = (page: Page, name: string | RegExp): Locator => page.getByRole('region', { name });

const runsGrid = (page: Page): Locator => page.getByRole('grid', { name: 'Runs', exact: true });

/** Opens the import and takes the files by their paths. */
const importPaths = async (page: Page, ...paths: string[]): Promise<void> => {
  await page.getByRole('button', { name: 'Import result files' }).first().click();
  await page.getByRole('textbox', { name: /Paths of result files/ }).fill(paths.join('\n'));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText(/\d+ runs? recorded/)).toBeVisible({ timeout: 120_000 });
};

/** Fills the form for a command of one's own, three short runs. */
const measureCommand = async (page: Page, command: string, repeat: string, label: string): Promise<void> => {
  await page.getByRole('radio', { name: /Your own harness/ }).check();
  await page.getByRole('textbox', { name: 'Command' }).fill(command);
  await page.getByRole('textbox', { name: 'Repeat' }).fill(repeat);
  await page.getByRole('textbox', { name: 'Label' }).fill(label);
};

test('the second entrance opens the runs, and an empty list says what to do next', async ({ page }) => {
  const served = await startServer();
  try {
    await page.goto(served.link);
    const entrance = page.getByRole('link', { name: /It got slower/ });
    await expect(entrance).toContainText('Can’t see a model that is wrong at full speed.');
    await entrance.click();
    await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
    await expect(page.getByText('No runs in this workspace yet')).toBeVisible();
    await photograph(page, 'throughput-runs-empty');
    await expectAccessible(page);
    await page.keyboard.press('h');
    await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible();
    await expect(page.getByText('A history needs runs')).toBeVisible();
    await page.goBack();
    await page.keyboard.press('i');
    await expect(page.getByRole('textbox', { name: /Paths of result files/ })).toBeFocused();
    await photograph(page, 'throughput-import');
    await expectAccessible(page);
  } finally {
    await served.stop();
  }
});

test('a result file becomes a run that says what counts, what does not and what nobody knows', async ({ app }) => {
  test.slow();
  await app.go('/throughput');
  await importPaths(app, capture('protocol/whole.jsonl'));
  await app.getByRole('button', { name: 'Open it' }).click();
  await app.waitForURL(/\/throughput\/runs\/run-[0-9a-f]{16}$/);
  const numbers = panel(app, 'Numbers');
  await expect(numbers.getByRole('row', { name: /^Throughput/ })).toContainText('items/s');
  await expect(numbers.getByRole('row', { name: /^p99 latency/ })).toContainText('needs 368 values');
  const samples = panel(app, 'Samples');
  await expect(samples).toContainText(/\d+ of \d+ count/);
  await expect(panel(app, 'Stack fingerprint').getByRole('row', { name: /vbios/ })).toContainText('unknown:');
  await expect(panel(app, 'Readings').getByRole('application', { name: /^Power, W/ })).toBeVisible();

  await test.step('the arrow keys read the samples one by one', async () => {
    await samples.getByRole('application').focus();
    await app.keyboard.press('Home');
    await expect(samples.getByRole('status').last()).toContainText('left out: warm-up');
  });

  await test.step('every panel can be inspected, and drawn ones read as a table', async () => {
    await app.getByRole('button', { name: 'Inspect Workload definition' }).click();
    await expect(app.getByRole('dialog')).toContainText('"kernel": "gemm-f32"');
    await app.keyboard.press('Escape');
    await app.getByRole('button', { name: 'Table: Samples' }).click();
    await expect(samples.getByRole('grid')).toContainText('warm-up');
    await app.getByRole('button', { name: 'Chart: Samples' }).click();
  });

  await photograph(app, 'throughput-run');
  await expectAccessible(app);

  await test.step('it is pinned by a key, and the list shows that', async () => {
    await app.keyboard.press('p');
    await expect(app.getByRole('button', { name: 'Unpin the baseline' })).toBeVisible();
    await app.keyboard.press('g');
    await app.keyboard.press('r');
    await expect(runsGrid(app).getByRole('row', { name: /baseline gemm-f32/ })).toBeVisible();
  });
});

test('two files of the same benchmarks are chosen with the keyboard, compared, and the answer is a link', async ({
  app,
}) => {
  test.slow();
  await app.go('/throughput');
  await importPaths(app, capture('pyperf/mult_list_py36.json'));
  await app.getByRole('button', { name: 'Choose as baseline' }).click();
  await app.getByRole('button', { name: 'Close' }).last().click();
  await importPaths(app, capture('pyperf/mult_list_py37.json'));
  await app.getByRole('button', { name: 'Choose as candidate' }).click();
  const runs = panel(app, 'Runs');
  await expect(runs).toContainText('60 runs');
  await photograph(app, 'throughput-runs-chosen');
  await expectAccessible(app);
  await app.keyboard.press('Control+Enter');
  await app.waitForURL(/\/throughput\/compare\?/);

  const happened = panel(app, 'What happened');
  await expect(happened.getByText('regression', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(happened).toContainText('fixed before looking');
  const byWorkload = panel(app, 'By workload');
  await expect(byWorkload.getByRole('row', { name: /pyperf\/\[1\]\*1000/ })).toContainText('inconclusive');
  await expect(panel(app, 'Fingerprint difference')).toContainText('python_version');
  await expect(panel(app, 'Where to look first')).toContainText('checklist');
  const checklist = panel(app, 'Checklist');
  await checklist.getByText('What of the stack differs?').click();
  await expect(checklist).toContainText('The fingerprints of both sides are equal in everything that is known.');
  await expect(checklist).toContainText('/fingerprintDifference');
  await photograph(app, 'throughput-comparison');
  await expectAccessible(app);
  await checklist.getByRole('button', { name: /^Show all in their order/ }).click();
  await expect(checklist.getByText('PASSED').first()).toBeVisible();

  await test.step('a workload is picked in the table and the address', async () => {
    await byWorkload.getByRole('row', { name: /pyperf\/\[1,2,3\]\*1000/ }).click();
    await expect(app).toHaveURL(/part=\d/);
    await expect(panel(app, /run by run/)).toContainText('Throughput, run by run');
    await app.reload();
    await expect(byWorkload.getByRole('row', { name: /pyperf\/\[1,2,3\]\*1000/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  await test.step('numbers of a file cannot be measured again, which is said', async () => {
    await app.keyboard.press('m');
    await expect(app.getByRole('dialog')).toContainText('its numbers come from a file: mult_list_py36.json');
    await expectAccessible(app);
    await app.keyboard.press('Escape');
  });

  await test.step('swapped sides are an improvement of both that moved, and back leads to where one was', async () => {
    await app.keyboard.press('s');
    await expect(happened).toContainText('2 improvement', { timeout: 60_000 });
    await app.goBack();
    await expect(happened).toContainText('2 regression');
  });
});

test('runs of different workloads are refused with what differs', async ({ app }) => {
  await app.go('/throughput');
  await importPaths(app, capture('trtllm-bench/report.json'));
  await app.getByRole('button', { name: 'Choose as baseline' }).click();
  await app.getByRole('button', { name: 'Close' }).last().click();
  await importPaths(app, capture('vllm-bench/serve.json'));
  await app.getByRole('button', { name: 'Choose as candidate' }).click();
  await app.keyboard.press('Control+Enter');
  const happened = panel(app, 'What happened');
  await expect(happened.getByText('not comparable', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(
    happened.getByRole('region', { name: 'Why they may not be compared' }).getByRole('listitem').first(),
  ).toBeVisible();
  await photograph(app, 'throughput-refused');
  await expectAccessible(app);
});

test('files are handed over by the browser too, and a broken one is one sentence with a way on', async ({ app }) => {
  await app.go('/throughput?add=import');
  const files = app.locator('input[type="file"]');
  await files.setInputFiles([capture('vllm-bench/short-outputs.json'), capture('llama-bench/rtx4080-qwen2-7b.json')]);
  await expect(app.getByText(/\d+ runs? recorded/)).toBeVisible({ timeout: 60_000 });
  await runsGrid(app)
    .getByRole('row', { name: /short-outputs\.json/ })
    .click();
  await expect(panel(app, 'Why this run is invalid')).toContainText('declared');
  await expect(panel(app, 'Declared and executed')).toContainText('differs');
  await photograph(app, 'throughput-run-invalid');
  await expectAccessible(app);

  await app.go('/throughput?add=import');
  await app.getByRole('textbox', { name: /Paths of result files/ }).fill(resolve('package.json'));
  await app.getByRole('button', { name: 'Import', exact: true }).click();
  const alert = app.getByRole('alert');
  await expect(alert).toContainText('The runs could not be recorded');
  await expect(alert).toContainText('package.json');
  await photograph(app, 'throughput-import-refused');
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Browse' }).click();
  await expect(app.getByRole('dialog', { name: 'Choose a result file' })).toBeVisible();
});

test('a harness of one’s own is measured, compared with itself, and its history is drawn', async ({ page: app }) => {
  test.slow();
  const served = await startServer();
  try {
    await app.goto(served.link);
    await app.getByRole('heading', { level: 1 }).waitFor();
    await app.goto(`${served.origin}/#/throughput?add=run`);
    await measureCommand(app, `'${node}' '${runner}' 150 2 2`, '6', 'as it was');
    await photograph(app, 'throughput-add-run');
    await expectAccessible(app);
    await app.keyboard.press('Control+Shift+Enter');
    await expect(app.getByRole('progressbar').first()).toBeVisible();
    await expect(app.getByText('6 runs recorded')).toBeVisible({ timeout: 90_000 });
    await app.getByRole('button', { name: 'Choose as baseline' }).click();
    await app.getByRole('textbox', { name: 'Label' }).fill('again');
    await app.getByRole('button', { name: /^Measure/ }).click();
    await expect(app.getByText('6 runs recorded')).toBeHidden();
    await expect(app.getByText('6 runs recorded')).toBeVisible({ timeout: 90_000 });
    await app.getByRole('button', { name: 'Choose as candidate' }).click();
    await app.keyboard.press('Control+Enter');

    const terms = panel(app, 'Terms of the comparison');
    await expect(terms).toContainText('again', { timeout: 60_000 });
    await expect(panel(app, 'What these runs can tell')).toContainText('sessions');

    await test.step('compare now measures the same command once more', async () => {
      await app.keyboard.press('m');
      const dialog = app.getByRole('dialog', { name: 'Compare now' });
      await dialog.getByRole('textbox', { name: 'Runs' }).fill('2');
      await expect(dialog).toContainText('historical, not concurrent');
      await dialog.getByRole('button', { name: 'Measure and compare' }).click();
      await expect(terms).toContainText('again: as it was', { timeout: 90_000 });
    });

    await test.step('the history has every run', async () => {
      await app.goto(`${served.origin}/#/throughput/history`);
      await expect(app.getByRole('application', { name: /over 14 runs/ })).toBeVisible({ timeout: 60_000 });
      await photograph(app, 'throughput-history');
      await expectAccessible(app);
    });
  } finally {
    await served.stop();
  }
});

test('cancelling answers at once and keeps what was measured', async ({ app }) => {
  await app.go('/throughput?add=run');
  await measureCommand(app, `'${node}' '${runner}' 400 5 2`, '40', 'cancelled by hand');
  await app.getByRole('button', { name: /^Measure/ }).click();
  await expect(app.getByText(/run 2 of 40/)).toBeVisible({ timeout: 60_000 });
  await photograph(app, 'throughput-measuring');
  await app.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await expect(app.getByText('Stopped. Runs that were measured by then are in the list.')).toBeVisible();
  await expect(
    runsGrid(app)
      .getByRole('row', { name: /cancelled by hand/ })
      .first(),
  ).toBeVisible();
  await expectAccessible(app);
});

test('a run that is not there is said, with the way back', async ({ app }) => {
  await app.go('/throughput/runs/run-0000000000000000');
  await expect(app.getByRole('alert')).toContainText('unknown run');
  await expectAccessible(app);
  await app.getByRole('link', { name: 'Go to the runs' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
});

test('a built-in workload of this machine is measured', async ({ app }) => {
  test.slow();
  await app.go('/throughput?add=run');
  const choices = app.getByRole('group', { name: 'What to run' });
  await expect(choices.getByRole('radio', { name: /Your own harness/ })).toBeVisible({ timeout: 60_000 });
  const built = choices.getByRole('radio', { name: /^onnx-\S+ onnx / });
  test.skip((await built.count()) === 0, 'no built-in ONNX workload can be run here');
  await built.first().check();
  await app.getByRole('textbox', { name: 'Seconds a run' }).fill('1');
  await app.getByRole('textbox', { name: 'Repeat' }).fill('1');
  await app.getByRole('button', { name: /^Measure/ }).click();
  await expect(app.getByText('1 run recorded')).toBeVisible({ timeout: 120_000 });
  await app.getByRole('button', { name: 'Open it' }).click();
  await expect(panel(app, 'Samples')).toContainText(/\d+ of [\d\u202f]+ count/);
  await photograph(app, 'throughput-run-built-in');
  await expectAccessible(app);
});
