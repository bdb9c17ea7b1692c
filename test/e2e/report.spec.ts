import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { build } from '../../src/main/reports/build.ts';
import type { ReportInput } from '../../src/main/reports/report.ts';
import {
  documentsExample,
  historyExample,
  investigationExample,
  statementsExample,
} from '../fixtures/investigation-example.ts';

const input: ReportInput = {
  investigation: investigationExample,
  // Twelve days instead of ninety: axe looks at every cell.
  documents: {
    ...documentsExample,
    timeline: { ...documentsExample.timeline, days: documentsExample.timeline.days.slice(0, 12) },
    series: { ...documentsExample.series, chunks: documentsExample.series.chunks.slice(54, 66) },
  },
  statements: statementsExample,
  history: historyExample,
  producer: { version: '0.1.0' },
};

const opened = async (
  browser: Browser,
  options: { javaScriptEnabled: boolean; colorScheme?: 'light' | 'dark'; width?: number },
): Promise<Page> => {
  const { javaScriptEnabled, colorScheme = 'light', width = 1280 } = options;
  const file = test.info().outputPath('report.html');
  writeFileSync(file, build(input).html);
  const context = await browser.newContext({ javaScriptEnabled, colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  // The file is all there is: nothing else was asked for.
  expect(asked).toEqual([pathToFileURL(file).href]);
  return page;
};

test('the report reads with JavaScript off: summary, pictures, folded numbers, links', async ({ browser }) => {
  const page = await opened(browser, { javaScriptEnabled: false });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(investigationExample.title);
  const summary = page.getByRole('region', { name: '2. Summary' });
  await expect(summary).toContainText('country = PT and merchant_category = travel fell from 94.1');
  await expect(page.getByRole('img', { name: /Accuracy over time, all rows/ })).toBeVisible();

  const figure = page.locator('#fig-series');
  await expect(figure.getByRole('table')).toBeHidden();
  await figure.getByText('The numbers of this chart').click();
  await expect(figure.getByRole('table')).toBeVisible();

  await summary.getByRole('link', { name: 'E4' }).first().click();
  await expect(page).toHaveURL(/#E4$/);
  await expect(page.locator('#E4')).toBeInViewport();
  await page.context().close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in ${colorScheme}, with everything unfolded`, async ({ browser }) => {
    const page = await opened(browser, { javaScriptEnabled: true, colorScheme });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe(colorScheme === 'light' ? 'rgb(251, 252, 252)' : 'rgb(21, 26, 30)');
    await page.context().close();
  });
}

test('on a narrow screen only tables scroll sideways, and axe finds nothing', async ({ browser }) => {
  const page = await opened(browser, { javaScriptEnabled: true, width: 390 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.context().close();
});

test('on paper page one holds identity and summary', async ({ browser }) => {
  const page = await opened(browser, { javaScriptEnabled: true });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  // A4 without the margins the style sheet asks for, in CSS pixels.
  await page.setViewportSize({ width: Math.floor((184 / 25.4) * 96), height: Math.floor((274 / 25.4) * 96) });
  const end = await page.locator('section', { has: page.locator('#summary') }).evaluate((section) => {
    return section.getBoundingClientRect().bottom + scrollY;
  });
  expect(end).toBeLessThan((274 / 25.4) * 96);
  // Paper is light whatever the screen prefers.
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
  await page.context().close();
});
