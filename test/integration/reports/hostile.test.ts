import { describe, expect, test } from 'vitest';
import { build } from '../../../src/main/reports/build.ts';
import type { ReportInput } from '../../../src/main/reports/report.ts';
import { comparisonExample } from '../../fixtures/comparison-example.ts';
import { historyExample, investigationExample, statementsExample } from '../../fixtures/investigation-example.ts';
import { all, named, readPage } from '../../fixtures/read-page.ts';
import { reportWith } from '../../fixtures/report-states.ts';

const names = [
  '</title></style><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '=HYPERLINK("http://example.invalid","x")',
  'a\nb\tc\u0000d',
  'left\u202eright\u2066',
  'zero\u200bwidth\ufeff',
  '{bold|x}',
  ']]>--><!--',
  '&amp;lt;',
  '\ud800 alone',
  '#summary',
  '$& $1',
];

/** The example with `name` wherever a text comes from data or from a person. */
const poisoned = (name: string): ReportInput => {
  const { segments, explanation, featureDrift, metrics } = comparisonExample;
  const line = investigationExample.checklist.lines[0]!;
  return {
    ...reportWith(
      {
        dataset: { ...comparisonExample.dataset, id: name, name },
        summary: name,
        missing: name,
        segments: [
          { ...segments[0]!, segment: { [name]: name, b: null } },
          { ...segments[1]!, explainedBy: { [name]: name } },
        ],
        metrics: { ...metrics, [name]: { ...metrics.roc_auc!, change: { ...metrics.roc_auc!.change, reason: name } } },
        featureDrift: [
          { ...featureDrift[0]!, feature: name, method: name },
          { ...featureDrift.at(-1)!, newCategories: [name] },
        ],
        explanation: {
          ...explanation,
          scope: { [name]: name },
          reason: name,
          partitions: [{ ...explanation.partitions[5]!, columns: [name], reason: name }],
          faults: [{ feature: name, kind: name, segment: { [name]: name }, reference: 1, current: 2 }],
        },
        versionChanges: [{ column: name, from: name, to: name, at: '2026-02-01T00:00:00Z' }],
        ruledOut: [{ cause: name, text: name }],
        alarms: [{ kind: 'segment', text: name, evidence: [name] }],
        ledger: { ...comparisonExample.ledger, notes: [{ code: name, text: name }] },
      },
      {
        id: name,
        title: name,
        segment: { [name]: name },
        request: { ...investigationExample.request, within: { [name]: name }, asOf: '2026-04-01' },
        checklist: {
          ...investigationExample.checklist,
          title: name,
          origin: name,
          phases: [{ id: 'data', title: name, completedAt: null }],
          lines: [
            {
              ...line,
              item: { ...line.item, question: name, why: name, expected: name, remedy: name, source: name },
              status: 'FAILED',
              collected: {
                ...line.collected!,
                observed: name,
                rule: name,
                evidence: [{ id: 'E1', text: name, artifact: name, pointer: name }],
              },
              answered: { item: line.item.id, status: 'FAILED', sentence: name, at: '2026-04-03T10:00:00Z', seq: 99 },
              by: 'person',
            },
          ],
        },
        conclusion: {
          ...investigationExample.conclusion!,
          confirmedBy: name,
          firstFailure: name,
          impact: name,
          wouldChange: name,
          actions: name,
          reopenWhen: name,
          ruledOut: [{ cause: 'mix', because: name }],
        },
      },
      (series) => ({
        ...series,
        notes: [name],
        chunks: series.chunks.map((chunk) => ({ ...chunk, alarms: [{ kind: 'segment', text: name, evidence: [] }] })),
      }),
    ),
    history: historyExample.map((entry) => ({ ...entry, kind: name, text: name })),
    statements: statementsExample.map(() => ({ part: name, sql: name })),
    producer: { version: name },
  };
};

const allowed = new Set(
  'html head meta title style body header main footer nav section h1 h2 h3 p a strong small code pre q span ul ol li dl div dt dd table caption thead tbody tr th td figure figcaption details summary del svg g path rect circle polyline polygon ellipse line text tspan defs clipPath'.split(
    ' ',
  ),
);

describe.each(names)('the name %j', (name) => {
  const { html, json } = build(poisoned(name));
  const page = readPage(html);

  test('stays text: no tag, no attribute and no link that was not written here', () => {
    for (const { name: tag, attributes } of all(page)) {
      if (tag !== '') expect([...allowed]).toContain(tag);
      for (const key of Object.keys(attributes)) expect(key).not.toMatch(/^on|^src/i);
    }
    for (const { attributes } of named(page, 'a')) expect(attributes.href).toMatch(/^#[\w-]+$/);
  });

  test('breaks, hides and reorders no line', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/);
  });

  test('every link still leads somewhere', () => {
    const ids = new Set(all(page).map(({ attributes }) => attributes.id));
    for (const { attributes } of named(page, 'a')) expect([...ids]).toContain(attributes.href?.slice(1));
  });

  test('is the same text in the JSON', () => {
    expect((JSON.parse(json) as ReportInput).investigation.title).toBe(name);
  });
});
