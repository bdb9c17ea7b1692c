import { describe, expect, test } from 'vitest';
import { build } from '../../../src/main/reports/build.ts';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import { metricSeriesChart } from '../../../src/shared/charts/metric-series.ts';
import { lightPalette } from '../../../src/shared/charts/palette.ts';
import { noMarks } from '../../../src/shared/charts/time-marks.ts';
import { dayAt, manySegments } from '../../fixtures/comparison-example.ts';
import { all, named, type PageElement, readPage, withId } from '../../fixtures/read-page.ts';
import { concluded, htmlOf, reportWith } from '../../fixtures/report-states.ts';
import { seriesOf } from '../../fixtures/series-example.ts';
import { svgOf } from '../../unit/shared/charts/svg.ts';

const hash = (letter: string) => letter.repeat(64);
const section = (page: PageElement, id: string): PageElement =>
  named(page, 'section').find(({ attributes }) => attributes['aria-labelledby'] === id) as PageElement;

describe('the same input gives the same bytes', () => {
  const first = build(concluded);

  test('twice, and from a copy', () => {
    expect(build(concluded)).toEqual(first);
    expect(build(structuredClone(concluded))).toEqual(first);
  });

  test('after other charts were drawn in this process', () => {
    const chunks = seriesOf().chunks;
    const other = { metric: 'accuracy', chunks, limits: null, marks: noMarks, minCell: 100 };
    for (let times = 0; times < 3; times++) svgOf(metricSeriesChart(other, lightPalette), 300, 200);
    expect(build(concluded)).toEqual(first);
  });

  test('in another time zone and language', () => {
    const { TZ, LANG } = process.env;
    try {
      process.env.TZ = 'Pacific/Kiritimati';
      process.env.LANG = 'ar_EG.UTF-8';
      expect(new Date('2026-01-01T00:00:00Z').getHours()).toBe(14);
      expect(build(concluded)).toEqual(first);
    } finally {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
      if (LANG === undefined) delete process.env.LANG;
      else process.env.LANG = LANG;
    }
  });

  test('without leaving a name the chart library counts', () => {
    expect(first.html).not.toMatch(/\bzr\d+-|ecmeta/);
  });
});

describe('the page stands alone', () => {
  const html = htmlOf(concluded);
  const page = readPage(html);

  test('no script, no handler, nothing from elsewhere', () => {
    expect(html).not.toMatch(/<script/i);
    for (const { name, attributes } of all(page)) {
      expect([
        'iframe',
        'object',
        'embed',
        'form',
        'base',
        'link',
        'img',
        'image',
        'use',
        'foreignobject',
      ]).not.toContain(name.toLowerCase());
      for (const [key, value] of Object.entries(attributes)) {
        expect(key).not.toMatch(/^on|^src|^srcset$|^action$|^xlink/i);
        if (key === 'href') expect(value).toMatch(/^#/);
        expect(value).not.toMatch(/^\s*(?:https?|javascript|data):/i);
      }
    }
  });

  test('the policy forbids the rest, and the style sheet asks for nothing', () => {
    const policy = named(page, 'meta').find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
    expect(policy?.attributes.content).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    const [style] = named(page, 'style');
    expect(style?.text).not.toMatch(/url\(|@import|expression/i);
    for (const scheme of ['prefers-color-scheme:dark', '@media print']) expect(style?.text).toContain(scheme);
  });

  test('every colour a picture uses has a meaning in the style sheet', () => {
    const style = named(page, 'style')[0]?.text ?? '';
    const used = new Set([...html.matchAll(/(?:fill|stroke)="var\((--[a-z0-9-]+)\)"/g)].map(([, name]) => name));
    expect(used.size).toBeGreaterThan(8);
    for (const name of used) expect(style.split(`${name}:`).length - 1).toBe(3);
    // A line has no inside to fill, a clip is not drawn, and what carries the crosshair in the window is drawn with no opacity.
    const visible = html
      .replace(/(<path d="M[\d. -]+L[\d. -]+" )fill="#000"/g, '$1')
      .replace(/<clipPath[\s\S]*?<\/clipPath>/g, '')
      .replace(/<path [^>]*stroke-opacity="0"[^>]*>/g, '');
    expect(visible).not.toMatch(/(?:fill|stroke)="(?!var\(|none|url\(#|transparent)[^"]+"/);
  });

  test('it names no compliance', () => {
    expect(page.text).toContain('supports evidence for');
    expect(page.text).not.toMatch(/compliant|conforms to|certified/i);
  });
});

describe('what stands in it', () => {
  const page = readPage(htmlOf(concluded));

  test('numbers of the summary are found again where they lead', () => {
    const links = named(section(page, 'summary'), 'a').filter(
      ({ attributes, text }) => /^#(?:metric|segment|search|setting)-/.test(attributes.href ?? '') && /\d/.test(text),
    );
    expect(links.length).toBeGreaterThan(14);
    for (const { attributes, text } of links) {
      const row = withId(page, attributes.href?.slice(1) ?? '')?.text ?? '';
      expect(row, attributes.href).toContain(text.replace(/^p =?\u202f?/, ''));
    }
  });

  test('what was found, since when, where and of what kind', () => {
    const said = section(page, 'summary').text;
    for (const part of [
      'country = PT and merchant_category = travel fell from 94.1',
      'n = 2\u202f612 before and 1\u202f294 now',
      '2026-03-02',
      'The relation changed',
      'relation',
      'Both changes lie at least ten days before the onset',
      'Label 2 000 travel receipts of March and retrain.',
      'driftbench accuracy compare expenses-4f1c2a9b --reference 2026-01-05..2026-02-22',
    ])
      expect(said).toContain(part);
  });

  test('identity: hashes, seq and the missing time-stamp', () => {
    const said = section(page, 'identity').text;
    for (const part of [concluded.investigation.dataset.sha256, hash('f'), hash('7'), 'entry 17', 'self-attested'])
      expect(said).toContain(part);
  });

  test('every metric, every segment and every feature, the good with the bad', () => {
    const { comparison } = concluded.documents;
    for (const metric of Object.keys(comparison.metrics))
      expect(withId(page, `metric-${metric.replaceAll('_', '_5f_')}`)).toBeDefined();
    comparison.segments.forEach((_, index) => {
      expect(withId(page, `segment-${index}`)).toBeDefined();
    });
    comparison.featureDrift.forEach((_, index) => {
      expect(withId(page, `feature-${index}`)).toBeDefined();
    });
  });

  test('every check with question, why, expected, observed, status, person and evidence', () => {
    for (const { item, status, collected, answered, reason } of concluded.investigation.checklist.lines) {
      const row = withId(page, `check-${item.id}`);
      for (const part of [item.question, item.why, item.expected, status, item.source])
        expect(row?.text).toContain(part);
      if (collected) expect(row?.text).toContain(collected.observed);
      for (const { id } of collected?.evidence ?? [])
        expect(named(row as PageElement, 'a').map(({ text }) => text)).toContain(id);
      if (answered) expect(row?.text).toContain(answered.sentence);
      if (status === 'NOT DONE') expect(row?.text).toContain(reason);
    }
  });

  test('evidence leads to its artifact and pointer', () => {
    const row = withId(page, 'E4');
    expect(row?.text).toContain('/segments/0');
    expect(named(row as PageElement, 'a').map(({ attributes }) => attributes.href)).toEqual([
      '#artifact-comparison',
      '#check-where',
    ]);
    expect(withId(page, 'artifact-comparison')?.text).toContain(hash('a'));
  });

  test('names of evidence in a person’s words lead to it, unknown ones stay words', () => {
    const said = reportWith({}, { conclusion: { ...concluded.investigation.conclusion!, impact: 'see E4, not E99' } });
    const links = named(section(readPage(htmlOf(said)), 'conclusion'), 'a').map(({ text }) => text);
    expect(links).toContain('E4');
    expect(links).not.toContain('E99');
  });

  test('a person’s word that names an item of the checklist leads to it', () => {
    const { conclusion } = concluded.investigation;
    const ruledOut = [
      { cause: 'late-labels' as const, because: 'They are in (checklist, selection), (checklist, nothing)' },
    ];
    const said = readPage(htmlOf(reportWith({}, { conclusion: { ...conclusion!, ruledOut } })));
    const links = named(section(said, 'conclusion'), 'a').filter(({ text }) => text.startsWith('checklist, '));
    expect(links.map(({ text, attributes }) => [text, attributes.href])).toEqual([
      ['checklist, selection', '#check-selection'],
    ]);
  });

  test('causes that were neither named nor ruled out are printed as open, on page one as well', () => {
    const open = section(page, 'conclusion').text.split('left open')[1] ?? '';
    expect(open).toContain('Only some cases get a label (selection: ');
    expect(open).toContain('The way the model is served changed');
    expect(open).not.toContain('A model or provider version changed');
    expect(open).not.toContain('No change');
    expect(section(page, 'summary').text).toContain('Other causes that were not ruled out: ');
  });

  test('an entry that was taken back is struck, present, and names what took it back', () => {
    const row = withId(page, 'entry-14');
    expect(named(row as PageElement, 'del')[0]?.text).toContain('A release went out.');
    expect(row?.text).toContain('taken back by entry 15');
    expect(named(page, 'del')).toHaveLength(1);
    for (const { seq, hash: entryHash } of concluded.history)
      expect(withId(page, `entry-${seq}`)?.text).toContain(entryHash);
  });

  test('estimates are marked, and nothing estimated is called measured', () => {
    const figure = withId(page, 'fig-series');
    expect(figure?.text).toContain('estimated from scores without labels, never measured');
  });

  test('without a conclusion it says what is missing', () => {
    const open = readPage(htmlOf(reportWith({}, { conclusion: null })));
    expect(section(open, 'conclusion').text).toContain('No conclusion was written.');
    expect(section(open, 'conclusion').text).toContain('selection');
    expect(section(open, 'summary').text).toContain('no person has signed it');
  });

  test('the keys of single rows stay outside', () => {
    const { html, json } = build(concluded);
    for (const text of [html, json]) expect(text).not.toContain('p-000412');
  });
});

describe('size', () => {
  test('2 000 segments and a year of days stay under 5 MB', () => {
    const wide = reportWith({ segments: manySegments(2000) });
    const { html } = build({
      ...wide,
      documents: { ...wide.documents, series: seriesOf({}, 365), segmentSeries: seriesOf({ country: 'PT' }, 365) },
    });
    expect(Buffer.byteLength(html)).toBeLessThan(5_000_000);
    expect(readPage(html).text).toContain('m1999');
  });

  test('statements are printed whole or not at all, and those left out are named with their artifact', () => {
    const long = `SELECT ${'x'.repeat(500_000)} FROM row -- end of it`;
    const page = readPage(
      htmlOf({
        ...concluded,
        statements: [
          { part: 'first', sql: long },
          { part: 'second', sql: long },
          { part: 'third', sql: 'SELECT 1\n\tFROM row' },
        ],
      }),
    );
    const texts = named(section(page, 'reproduction'), 'details').map(({ text }) => text);
    expect(texts.some((text) => text.includes('first') && text.includes('end of it'))).toBe(true);
    expect(texts.some((text) => text.includes('SELECT 1\n\tFROM row'))).toBe(true);
    const said = section(page, 'reproduction').text;
    expect(said).toContain('second, /1');
    expect(said).toContain(hash('e'));
    expect(texts).toHaveLength(2);
  });
});

describe('the JSON beside it', () => {
  const { json } = build(concluded);
  const document = JSON.parse(json) as Record<string, never>;

  test('is canonical and carries the same content', () => {
    expect(json).toBe(`${canonicalJson(document)}\n`);
    const { comparison } = concluded.documents;
    expect(document).toEqual(
      JSON.parse(
        JSON.stringify({
          schema: 'driftbench/report@1',
          producer: { name: 'driftbench', version: '0.1.0' },
          investigation: concluded.investigation,
          documents: {
            ...concluded.documents,
            comparison: { ...comparison, ledger: { ...comparison.ledger, examples: {} } },
          },
          statements: concluded.statements,
          history: concluded.history,
        }),
      ),
    );
  });

  test('days stay days', () => {
    expect(json).toContain(`"${dayAt(60)}"`);
  });
});
