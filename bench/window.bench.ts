import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page, type Request } from '@playwright/test';
import { findChromium } from '../scripts/chromium.mjs';
import { listDatasets } from '../src/main/accuracy/open-dataset.ts';
import { type Benchmark, commandLine, type Measurement } from './benchmark.ts';
import { rawScanAndJoin, writeIncident } from './incident.ts';

const CURRENT = '2026-05-01..2026-05-30';
const resultOf = (dataset: string, current: string, reference = '2026-03-02..2026-04-30') =>
  `#/accuracy/d/${dataset}/result?ref=${reference}&cur=${current}`;

/** Feedback within this is felt as at once. */
const FEEDBACK = 0.1;
const DRAWN = 1;
/** Sixty frames a second, and what a timer on a shared machine jitters. */
const FRAME = 1 / 60 + 0.004;

/** What is waited for inside the page has no end of its own. */
const soon = <T>(page: Page, what: string, answer: Promise<T>): Promise<T> =>
  Promise.race([
    answer,
    page.waitForTimeout(60_000).then(() => {
      throw new Error(`${what} did not come within a minute`);
    }),
  ]);

/** Seconds in the browser from the event a person makes to the first picture that answers it. */
async function feedback(page: Page, act: () => Promise<void>, answered: () => boolean): Promise<number> {
  const seconds = page.evaluate(
    ({ test }) =>
      new Promise<number>((done) => {
        const holds = new Function(`return (${test})()`) as () => boolean;
        let from: number | null = null;
        const begin = (event: Event) => {
          from ??= event.timeStamp;
        };
        const kinds = ['pointerdown', 'keydown', 'input'] as const;
        for (const kind of kinds) window.addEventListener(kind, begin, { capture: true });
        const look = () => {
          if (from === null || !holds()) requestAnimationFrame(look);
          // The frame after the one that drew it: the picture is then on the screen.
          else requestAnimationFrame(() => done((performance.now() - (from as number)) / 1000));
        };
        look();
      }),
    { test: answered.toString() },
  );
  await page.waitForTimeout(50);
  await act();
  return soon(page, `an answer that makes ${answered} true`, seconds);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

/** What a page asks for beside what is measured has been answered: a person looks before the next act. */
type Settled = () => Promise<void>;

function settling(page: Page): Settled {
  const open = new Set<Request>();
  const ended = (request: Request) => open.delete(request);
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  return async () => {
    for (let since = performance.now(); performance.now() - since < 300; ) {
      if (open.size > 0) since = performance.now();
      await page.waitForTimeout(20);
    }
  };
}

/** Other windows are answered part by part: by the verdict, by what fills the screen, by every panel of the page. */
interface Drawn {
  verdict: number;
  /** The verdict and the metric over time beneath it. */
  screen: number;
  whole: number;
}

/** Seconds from the change of the address to each of these on the screen; looked at when the page changes, as below. */
async function reslice(
  page: Page,
  settled: Settled,
  dataset: string,
  current: string,
  reference?: string,
): Promise<Drawn> {
  await settled();
  const [, from, to] = /(.+)\.\.(.+)/.exec(current) as unknown as [string, string, string];
  const drawn = page.evaluate(
    ([hash, first, last]) =>
      new Promise<Drawn>((done) => {
        const begun = performance.now();
        const seen: Partial<Drawn> = {};
        const due = new Set<keyof Drawn>();
        const drawn = (part: keyof Drawn) => {
          if (due.has(part)) return;
          due.add(part);
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              seen[part] = (performance.now() - begun) / 1000;
              const { verdict, screen, whole } = seen;
              if (verdict && screen && whole) done({ verdict, screen, whole });
            }),
          );
        };
        const watch = new MutationObserver(() => {
          const panels = [...document.querySelectorAll('section')];
          const verdict = panels.find((one) => /^What happened/.test(one.textContent ?? ''));
          if (!verdict?.textContent?.includes(`${first} … ${last}`) || !verdict.querySelector('canvas')) return;
          drawn('verdict');
          if (
            !document.querySelector(
              '[role="application"][aria-label*=" over time, all rows"]:not([aria-label^="Predictions"]) canvas',
            )
          )
            return;
          drawn('screen');
          if (!panels.some((one) => /^Row ledger/.test(one.textContent ?? ''))) return;
          drawn('whole');
          watch.disconnect();
        });
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        location.hash = hash;
      }),
    [resultOf(dataset, current, reference), from, to] as const,
  );
  return soon(page, `the page for ${current}`, drawn);
}

/** What a pick is answered with: what is different inside it, its series, and the panels that show only what is inside. */
interface Inside {
  explained: number;
  drawn: number;
}

/**
 * Seconds from `begin` to each answer on the screen. Looked at when the page changes: a look at every frame costs a core.
 * @param column of the segment picked; null: days are, which leave the series as it is.
 */
async function inside(page: Page, column: string | null, begin: () => Promise<unknown>): Promise<Inside> {
  const seen = page.evaluate(
    (first) =>
      new Promise<Inside>((done) => {
        let from: number | null = null;
        let explained: number | null = null;
        const begun = (event: Event) => {
          from ??= event.timeStamp;
        };
        for (const kind of ['pointerdown', 'hashchange']) window.addEventListener(kind, begun, { capture: true });
        const metrics = () =>
          [...document.querySelectorAll('section')].find((one) => /^Metrics/.test(one.textContent ?? ''))?.textContent;
        const before = metrics();
        const within = () =>
          first === null
            ? metrics() !== before
            : [...document.querySelectorAll('section > :first-child')].some((head) =>
                /^Metrics.*within/.test(head.textContent ?? ''),
              );
        const watch = new MutationObserver(() => {
          if (from === null) return;
          const start = from;
          const seconds = () => (performance.now() - start) / 1000;
          if (document.querySelector('[role="grid"][aria-label="What is different inside"]')) explained ??= seconds();
          const drawn =
            first === null || document.querySelector(`[role="application"][aria-label*="over time, ${first} = "]`);
          if (explained === null || !drawn || !within()) return;
          watch.disconnect();
          const last = explained;
          requestAnimationFrame(() => requestAnimationFrame(() => done({ explained: last, drawn: seconds() })));
        });
        watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      }),
    column,
  );
  await begin();
  return soon(page, `what is inside a ${column}`, seen);
}

/** The same for a pick in the address, after everything has been let go. */
async function insideOf(
  page: Page,
  settled: Settled,
  dataset: string,
  picked: { segment: Record<string, string> } | { days: string },
): Promise<Inside> {
  const whole = resultOf(dataset, CURRENT);
  const go = (hash: string) =>
    page.evaluate((next) => {
      location.hash = next;
    }, hash);
  await go(whole);
  await page.getByRole('region', { name: 'Selection' }).waitFor({ state: 'hidden' });
  await page.getByRole('region', { name: 'Metrics' }).getByText('within').waitFor({ state: 'hidden' });
  await page
    .getByRole('application', { name: /over time, all rows/ })
    .first()
    .waitFor();
  await settled();
  return 'days' in picked
    ? inside(page, null, () => go(`${whole}&days=${picked.days}`))
    : inside(page, Object.keys(picked.segment)[0] as string, () =>
        go(`${whole}&segment=${encodeURIComponent(JSON.stringify(picked.segment))}`),
      );
}

/** Seconds from scrolling to a panel until what a slice left out for it stands there. */
async function lookedAt(page: Page, settled: Settled, title: string, there: string): Promise<number> {
  await settled();
  const seen = page.evaluate(
    ([heading, selector]) =>
      new Promise<number>((done) => {
        const panel = [...document.querySelectorAll('section')].find((one) => one.textContent?.startsWith(heading));
        if (!panel) throw new Error(`no panel ${heading}`);
        if (panel.querySelector(selector)) throw new Error(`${heading} was asked for before it was looked at`);
        const begun = performance.now();
        const watch = new MutationObserver(() => {
          const now = [...document.querySelectorAll('section')].find((one) => one.textContent?.startsWith(heading));
          if (!now?.querySelector(selector)) return;
          watch.disconnect();
          requestAnimationFrame(() => requestAnimationFrame(() => done((performance.now() - begun) / 1000)));
        });
        watch.observe(document.body, { subtree: true, childList: true });
        panel.scrollIntoView();
      }),
    [title, there] as const,
  );
  return soon(page, `${title} once looked at`, seen);
}

/** Frame times while the table of segments scrolls by 60 pixels a frame, for four seconds. */
const frames = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const table = document.querySelector('[role="grid"][aria-label="Segments"]')?.parentElement as HTMLElement;
    const times: number[] = [];
    let last = await new Promise<number>(requestAnimationFrame);
    for (let frame = 0; frame < 240; frame++) {
      table.scrollTop += 60;
      const now = await new Promise<number>(requestAnimationFrame);
      times.push((now - last) / 1000);
      last = now;
    }
    return times;
  });

async function measure(
  page: Page,
  settled: Settled,
  dataset: string,
  reference: Measurement['reference'],
): Promise<Measurement[]> {
  const line = (what: string, seconds: number, limitSeconds: number): Measurement => ({ what, seconds, limitSeconds });
  const computed = (what: string, seconds: number): Measurement => ({
    ...line(what, seconds, DRAWN),
    ...(reference ? { reference } : {}),
  });
  const windows = (what: string, { verdict, screen, whole }: Drawn): Measurement[] => [
    computed(`${what}: the verdict`, verdict),
    computed(`${what}: what fills the screen`, screen),
    // What lies below the edge of the screen comes in its own time.
    { what: `${what}: the whole page`, seconds: whole, ...(reference ? { reference } : {}) },
  ];
  // Whoever picks has looked at the page for a while.
  const readAhead = page.waitForResponse(/prepareSelections$/);
  await page
    .getByRole('region', { name: /^What happened/ })
    .locator('canvas')
    .first()
    .waitFor();
  await page
    .getByRole('application', { name: /over time, all rows/ })
    .first()
    .waitFor();
  await page
    .getByRole('img', { name: /enough data|below the reference/ })
    .first()
    .waitFor();
  const keys = await feedback(
    page,
    () => page.keyboard.press('?'),
    () => document.querySelector('[role="dialog"]') !== null,
  );
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  const palette = await feedback(
    page,
    () => page.keyboard.press('ControlOrMeta+k'),
    () => document.querySelector('[role="dialog"][aria-label="Commands"]') !== null,
  );
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  const filter = await feedback(
    page,
    () => page.getByRole('textbox', { name: 'Filter Segments' }).pressSequentially('rail', { delay: 0 }),
    () =>
      /\d of /.test(
        document.querySelector('[role="grid"][aria-label="Segments"]')?.closest('section')?.textContent ?? '',
      ),
  );
  await page.getByRole('textbox', { name: 'Filter Segments' }).fill('');
  await readAhead;
  const scrolled = await frames(page);
  const row = page.getByRole('grid', { name: 'Segments' }).getByRole('row');
  await page.getByRole('grid', { name: 'Segments' }).evaluate((grid) => {
    (grid.parentElement as HTMLElement).scrollTop = 0;
  });
  await settled();
  const narrow = inside(page, 'country', async () => {});
  const pick = await feedback(
    page,
    () => row.nth(1).click(),
    () => document.querySelector('[role="row"][aria-selected="true"], tr[aria-selected="true"]') !== null,
  );
  const picked = await narrow;
  const country = await insideOf(page, settled, dataset, { segment: { country: 'DE' } });
  const failing = await insideOf(page, settled, dataset, { segment: { country: 'PT' } });
  const failingKind = await lookedAt(page, settled, 'What kind of change', 'canvas');
  const tier = await insideOf(page, settled, dataset, { segment: { customer_tier: 'team' } });
  const kind = await lookedAt(page, settled, 'What kind of change', 'canvas');
  const features = await lookedAt(page, settled, 'Feature drift', '[role="grid"]');
  const largest = await insideOf(page, settled, dataset, { segment: { customer_tier: 'starter' } });
  const days = await insideOf(page, settled, dataset, { days: '2026-05-10..2026-05-16' });
  const fewDays = await insideOf(page, settled, dataset, { days: '2026-05-21..2026-05-23' });
  const week = await reslice(page, settled, dataset, '2026-05-18..2026-05-24');
  const again = await reslice(page, settled, dataset, '2026-05-05..2026-05-18');
  const moved = await reslice(page, settled, dataset, '2026-05-01..2026-05-30', '2026-03-05..2026-04-20');
  const slow = scrolled.toSorted((a, b) => a - b)[Math.floor(scrolled.length * 0.95)] as number;
  return [
    line('keys dialog, from press to picture', keys, FEEDBACK),
    line('command palette', palette, FEEDBACK),
    line('filter of 2 000 segments', filter, FEEDBACK),
    line('a segment picked', pick, FEEDBACK),
    computed('what is different inside it, drawn', picked.explained),
    computed('every panel inside it, 6 000 rows, drawn', picked.drawn),
    computed('every panel inside a country, 172 000 rows', country.drawn),
    computed('every panel inside the failing country, 99 000 rows', failing.drawn),
    computed('its kind of change, once looked at', failingKind),
    computed('every panel inside a tier, 398 000 rows', tier.drawn),
    computed('its kind of change, once looked at', kind),
    computed('its feature drift, once looked at', features),
    computed('every panel inside a tier, 693 000 rows', largest.drawn),
    computed('seven days picked on a chart: every panel', days.drawn),
    computed('three days picked on a chart: every panel', fewDays.drawn),
    ...windows('one other week', week),
    ...windows('two other weeks', again),
    ...windows('another reference', moved),
    line('scrolling 2 000 segments x 90 days: a frame, median', median(scrolled), FRAME),
    line('scrolling: a frame, 95th percentile', slow, 2 * FRAME),
  ];
}

/** Speed as felt in the browser face: the 1.8 M-row incident, a warm cache, the real server. */
export const benchmark: Benchmark = {
  name: 'window, 1.8 M predictions',
  async run(folder) {
    const executablePath = findChromium();
    if (!executablePath) throw new Error('no Chromium found');
    const datasetFile = await writeIncident(folder, 20_000);
    const workspace = join(folder, 'workspace');
    await commandLine(['--workspace', workspace, 'import', datasetFile]);
    const [dataset] = await listDatasets(join(workspace, 'cache'));
    if (!dataset) throw new Error(`no dataset in ${workspace}`);
    const reference = { what: 'raw scan and join', seconds: await rawScanAndJoin(folder) };
    const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    const server = spawn(
      process.execPath,
      [join(import.meta.dirname, '../out/main/cli.js'), '--workspace', workspace, 'serve', '--no-open'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const [link] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      page.setDefaultTimeout(60_000);
      const settled = settling(page);
      await page.goto(link);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.evaluate(
        (hash) => {
          location.hash = hash;
        },
        resultOf(dataset.id, CURRENT),
      );
      return await measure(page, settled, dataset.id, reference);
    } finally {
      server.kill();
      await browser.close();
    }
  },
};
