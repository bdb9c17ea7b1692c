import { segmentText } from '../../../shared/segment-text.ts';
import { count, counted, dayRange, instant, metricName } from '../../../shared/units.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { type Html, html, joined } from '../markup/html.ts';
import { facts, list } from '../markup/table.ts';
import { countText, unknown } from '../numbers.ts';
import { notDone, type Report, type SectionOf } from '../report.ts';

/** Days of the dataset that belong to neither window, as ranges. */
const unusedDays = ({ comparison, documents }: Report): { ranges: string[]; days: number } => {
  const { reference, current } = comparison.windows;
  const inside = (day: string) =>
    (day >= reference.from && day <= reference.to) || (day >= current.from && day <= current.to);
  const runs: { from: string; to: string }[] = [];
  let open = false;
  let days = 0;
  for (const { day } of documents.timeline.days) {
    if (inside(day)) {
      open = false;
      continue;
    }
    days += 1;
    const last = runs.at(-1);
    if (open && last) last.to = day;
    else runs.push({ from: day, to: day });
    open = true;
  }
  return { ranges: runs.map(({ from, to }) => dayRange(from, to)), days };
};

/** Columns that segments are made of, in the order they are met. */
const segmentColumns = ({ comparison }: Report): string[] => [
  ...new Set(comparison.segments.flatMap(({ segment }) => Object.keys(segment))),
];

const examined = (report: Report): Html => {
  const { comparison, series, documents, investigation } = report;
  const { segmentSearch, settings, windows } = comparison;
  const columns = segmentColumns(report);
  const within = investigation.request.within;
  return facts([
    [
      'rows',
      within && Object.keys(within).length > 0
        ? `only those with ${segmentText(within)}`
        : 'every prediction of both windows; nothing was sampled',
    ],
    [
      'windows',
      html`reference ${seen(anchor('window', 'reference'), dayRange(windows.reference.from, windows.reference.to))}, current ${seen(anchor('window', 'current'), dayRange(windows.current.from, windows.current.to))}`,
    ],
    [
      'metrics',
      Object.keys(comparison.metrics).length > 0
        ? joined(
            Object.keys(comparison.metrics).map((metric) => seen(anchor('metric', metric), metricName(metric))),
            ', ',
          )
        : unknown('no metric was computed'),
    ],
    [
      'segments',
      columns.length > 0
        ? html`${countText(segmentSearch.examined, 'search-examined', 'segment')} of up to ${seen('setting-depth', count(settings.depth))} of the columns ${columns.join(', ')}`
        : 'none: the dataset declares no segment columns',
    ],
    [
      'input features',
      comparison.featureDrift.length > 0
        ? html`${countText(comparison.featureDrift.length, 'feature-drift', 'column')}, for what moved only`
        : 'none: the dataset has no feature columns',
    ],
    [
      'over time',
      html`${seen('series', counted(series.chunks.length, 'chunk'))} of ${series.chunk}${documents.segmentSeries ? html`, and ${seen('segment-series', counted(documents.segmentSeries.chunks.length, 'chunk'))} of ${documents.segmentSeries.chunk} within the segment that fell` : ''}`,
    ],
  ]);
};

const notExamined = (report: Report): Html => {
  const { comparison } = report;
  const { settings, segmentSearch, windows } = comparison;
  const unused = unusedDays(report);
  const waiting =
    windows.reference.predictions + windows.current.predictions - windows.reference.labelled - windows.current.labelled;
  const open = notDone(report);
  return list([
    'The machine: speed, latency, drivers, precision of the arithmetic. That is the other axis, with an investigation of its own.',
    html`Labels that arrived after ${seen('setting-asOf', instant(comparison.asOf))}: for this report they do not exist.`,
    ...(waiting > 0
      ? [
          html`${countText(waiting, 'windows', 'prediction')} of the two windows without a label: they count for drift, not for any metric.`,
        ]
      : []),
    ...(unused.days > 0
      ? [
          html`${seen('fig-volume', counted(unused.days, 'day'))} of the dataset outside both windows, used for the onset and the series only: ${joined(
            unused.ranges.map((range) => seen('fig-volume', range)),
            ', ',
          )}.`,
        ]
      : []),
    html`Combinations of more than ${seen('setting-depth', count(settings.depth))} segment columns, and columns that were not declared as segments or not exported.`,
    ...(segmentSearch.notEnoughData > 0
      ? [
          html`${countText(segmentSearch.notEnoughData, 'search-not-enough', 'segment')} with fewer than ${seen('setting-minCell', count(settings.minCell))} labelled rows in a window.`,
        ]
      : []),
    ...(open.length > 0
      ? [html`${seen('checklist', counted(open.length, 'check'))} of the checklist, each with its reason there.`]
      : []),
  ]);
};

export const scope: SectionOf = (report) => ({
  id: 'scope',
  title: 'Scope, and what was not examined',
  body: html`<h3>Examined</h3>
${examined(report)}<h3>Not examined</h3>
${notExamined(report)}`,
});
