import { anchor, seen } from '../markup/anchor.ts';
import { type Content, type Html, html, joined } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import type { Report, SectionOf } from '../report.ts';

const meaning: Record<string, string> = {
  comparison: 'both windows held against each other',
  timeline: 'volume, labels and versions by day',
  series: 'metrics, drift and alarms by chunk, all rows',
  segmentSeries: 'the same within the segment that fell',
  statements: 'the SQL that was run, part by part',
};

/** The artifacts, by the name they are attached under. */
const artifacts = ({ investigation }: Pick<Report, 'investigation'>): [string, string | null][] => {
  const { comparison, timeline, series, segmentSeries, statements } = investigation.attachments;
  return [
    ['comparison', comparison],
    ['timeline', timeline],
    ['series', series],
    ['segmentSeries', segmentSeries],
    ['statements', statements],
  ];
};

const artifactTable = (report: Report): Html =>
  table(
    'Artifacts: the documents everything in this report was read from',
    [{ title: 'artifact' }, { title: 'what it holds' }, { title: 'SHA-256', wide: true }],
    artifacts(report).map(([name, hash]) => ({
      id: anchor('artifact', name),
      cells: [
        name,
        meaning[name] ?? '',
        hash === null ? 'not attached: no segment fell on its own' : html`<code>${hash}</code>`,
      ],
    })),
    'artifacts',
  );

export const evidence: SectionOf = (report) => {
  const names = new Map(artifacts(report).map(([name, hash]) => [hash, name]));
  const usedBy = (id: string): Content =>
    joined(
      report.investigation.checklist.lines
        .filter((line) => line.collected?.evidence.some((reference) => reference.id === id))
        .map(({ item }) => seen(anchor('check', item.id), item.id)),
      ', ',
    );
  return {
    id: 'evidence',
    title: 'Evidence',
    body: html`${artifactTable(report)}${
      report.evidence.length > 0
        ? table(
            'Evidence the checklist rests on: a value, and the JSON pointer where it stands',
            [
              { title: 'id' },
              { title: 'what' },
              { title: 'artifact' },
              { title: 'pointer', wide: true },
              { title: 'used by' },
            ],
            report.evidence.map(({ id, text, artifact, pointer }) => {
              const name = names.get(artifact);
              return {
                id,
                cells: [
                  id,
                  text,
                  name ? seen(anchor('artifact', name), name) : html`<code>${artifact}</code>`,
                  html`<code>${pointer === '' ? '(whole document)' : pointer}</code>`,
                  usedBy(id),
                ],
              };
            }),
          )
        : html`<p>No evidence was collected for the checklist: no automatic check ran.</p>`
    }`,
  };
};
