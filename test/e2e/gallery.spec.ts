import { chartExamples } from '../fixtures/chart-examples.ts';
import { expectAccessible, expect as expectSoon, photograph } from './app.ts';
import { test } from './gallery-server.ts';

// A machine that does other work at the same time is slow to draw, not wrong.
const expect = expectSoon.configure({ timeout: 25_000 });

test('every widget and every chart is drawn in every state, in both themes', async ({ page, gallery, quiet }) => {
  void quiet;
  await page.goto(gallery);
  await expect(page.getByRole('heading', { name: 'Gallery', level: 1 })).toBeVisible();
  const cases = page.locator('[data-case]');
  // Every chart the tests draw, and the widgets.
  expect(await cases.count()).toBeGreaterThan(chartExamples.length + 30);
  // A chart is a canvas with something on it: an empty one would be one colour.
  await expect(page.locator('canvas').first()).toBeVisible();
  const blank = await page.locator('[data-case] canvas').evaluateAll((all) =>
    (all as HTMLCanvasElement[])
      .filter((canvas) => {
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
        return !pixels?.some((value) => value > 0);
      })
      .map((canvas) => canvas.closest('[data-case]')?.getAttribute('data-case')),
  );
  expect(blank, 'charts with nothing on them').toEqual([]);
  await photograph(page, 'gallery');
  await expectAccessible(page);
});

test('names from data stay text', async ({ page, gallery, quiet }) => {
  void quiet;
  await page.goto(gallery);
  await expect(page.getByRole('heading', { name: 'Segment label', level: 2 })).toBeVisible();
  await expect(page.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible();
  expect(await page.locator('img').count()).toBe(0);
});
