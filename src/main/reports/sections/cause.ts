import { kindMeaning, toleranceText } from '../../../shared/accuracy-words.ts';
import { waterfallChart, waterfallTable, waterfallText } from '../../../shared/charts/decomposition-waterfall.ts';
import {
  partitionSplitsChart,
  partitionSplitsHeight,
  partitionSplitsTable,
  splitText,
} from '../../../shared/charts/partition-splits.ts';
import { waterfallOf } from '../../../shared/explained-change.ts';
import type { PartitionSplit } from '../../../shared/model/comparison.ts';
import { segmentText } from '../../../shared/segment-text.ts';
import { decimal, instant, metricName, percent, type Unit } from '../../../shared/units.ts';
import { figure } from '../figure.ts';
import { anchor, seen, withNumbers } from '../markup/anchor.ts';
import { type Html, html, nothing } from '../markup/html.ts';
import { list, table } from '../markup/table.ts';
import { unknown } from '../numbers.ts';
import { partitionTitle, type Report, type SectionOf, segmentIndex, segmentUnit } from '../report.ts';
import { evidenceOfRuledOut } from '../ruled-out.ts';
import { estimateCell } from './metrics.ts';

/** The scale of the change that was taken apart: the segment's own where one fell. */
const scaleOf = (report: Report): Unit => {
  const { scope } = report.comparison.explanation;
  const line = report.comparison.segments[segmentIndex(report, scope)];
  return line ? segmentUnit(report, line) : report.unit;
};

const splitRow = (name: string, id: string, split: PartitionSplit, unit: Unit) => ({
  id,
  cells: [
    name,
    estimateCell(split.mix, unit, 'change'),
    estimateCell(split.relation, unit, 'change'),
    estimateCell(split.unseen, unit, 'change'),
    split.admissible ? 'yes' : html`no: ${split.reason ?? 'no reason was recorded'}`,
  ],
  quiet: !split.admissible,
});

const partitions = (report: Report): Html => {
  const { explanation, settings } = report.comparison;
  const unit = scaleOf(report);
  if (explanation.partitions.length === 0 && !explanation.labelFirst)
    return html`<p>No change was taken apart${explanation.word === 'none' ? ': there was none beyond the tolerance' : ''}.</p>`;
  const data = { partitions: explanation.partitions, labelFirst: explanation.labelFirst, delta: settings.delta, unit };
  const columns = [
    { title: 'split by' },
    { title: 'mix', number: true },
    { title: 'relation', number: true },
    { title: 'unseen', number: true },
    { title: 'admissible' },
  ];
  return html`<p>The change of ${segmentText(explanation.scope)}, taken apart along every partition the dataset offers. <strong>Mix</strong>: who arrives. <strong>Relation</strong>: how right the model is for them. <strong>Unseen</strong>: groups on one side only. The shaded band in the chart is the tolerance of ${seen(anchor('setting', 'delta'), toleranceText(settings.delta, unit))}, inside which a term counts as none; hollow marks are not admissible, diamonds take the labels first and are another way to split the same change, not one more term.</p>
${waterfall(report)}${figure({
  id: 'fig-decomposition',
  title: 'Mix, relation and unseen by partition, each with its interval',
  label: [...explanation.partitions, ...(explanation.labelFirst ? [explanation.labelFirst] : [])]
    .map((split) => `${partitionTitle(split.columns)}: ${splitText(split, unit)}`)
    .join('; '),
  chart: (palette) => partitionSplitsChart(data, palette),
  numbers: partitionSplitsTable(data),
  height: partitionSplitsHeight(data),
})}${table(
  'The same change, split along each partition',
  columns,
  [
    ...explanation.partitions.map((split, index) =>
      splitRow(partitionTitle(split.columns), anchor('partition', index), split, unit),
    ),
    ...(explanation.labelFirst
      ? [splitRow('label first (alternative)', anchor('partition', 'label'), explanation.labelFirst, unit)]
      : []),
  ],
  'partitions',
)}${explanation.labelFirst ? '' : html`<p>A label-first split was not made.</p>`}`;
};

/** From before to now, over the one partition that is stated first. */
const waterfall = ({ comparison }: Report): Html => {
  const data = waterfallOf(comparison);
  if (!data) return nothing;
  return figure({
    id: 'fig-waterfall',
    title: `From before to now, split by ${partitionTitle(data.split.columns)}; beside each step the range over the admissible partitions`,
    label: waterfallText(data),
    chart: (palette) => waterfallChart(data, palette),
    numbers: waterfallTable(data),
    height: 290,
    width: 760,
  });
};

const faults = ({ comparison }: Report): Html => {
  const found = comparison.explanation.faults;
  const title = html`<h3 id="faults">Faults in the input</h3>
`;
  if (found.length === 0)
    return html`${title}<p>None coincides with a change: no feature lost values, became constant or changed its unit where the drop is.</p>`;
  return html`${title}${table(
    'Changes of the form of an input that coincide with the drop',
    [
      { title: 'feature' },
      { title: 'what' },
      { title: 'where' },
      { title: 'before', number: true },
      { title: 'now', number: true },
    ],
    found.map(({ feature, kind, segment, reference, current }, index) => {
      const print = /null|missing|share/i.test(kind) ? percent : decimal;
      return {
        id: anchor('fault', index),
        cells: [feature, kind, segmentText(segment), print(reference), print(current)],
      };
    }),
  )}`;
};

const onset = ({ comparison }: Report): Html => {
  const { onset: found, versionChanges } = comparison;
  const title = html`<h3 id="onset">Since when</h3>
`;
  const body = found
    ? html`<p>First bad day ${seen('artifact-comparison', found.date)}, between ${seen('artifact-comparison', found.low)} and ${seen('artifact-comparison', found.high)} (comparison /onset): one change point of the daily ${metricName(found.metric)} in ${segmentText(found.segment)}.</p>`
    : html`<p>${unknown(comparison.verdict === 'regression' ? 'no change point of the daily numbers is significant' : 'nothing fell, so no first bad day was looked for')}</p>`;
  const beside = versionChanges.map(({ column, from, to, at }, index) => {
    const place = !found
      ? 'there is no onset to hold it against'
      : at.slice(0, 10) < found.low
        ? 'before the onset'
        : at.slice(0, 10) > found.high
          ? 'after the onset'
          : 'within the onset: it coincides';
    return html`${column}: ${from} to ${to}, ${seen(anchor('version', index), instant(at))}, ${place}.`;
  });
  return html`${title}${body}${beside.length > 0 ? html`<p>Version changes beside it:</p>${list(beside)}` : html`<p>No version change is recorded in the data to hold it against.</p>`}`;
};

const aside = (report: Report): Html => {
  const { ruledOut } = report.comparison;
  const title = html`<h3 id="ruled-out">Looked at and set aside by the program</h3>
`;
  if (ruledOut.length === 0)
    return html`${title}<p>Nothing was set aside: there was nothing to explain, or nothing to hold an alternative against.</p>`;
  return html`${title}${table(
    'Causes set aside, with what was seen',
    [{ title: 'cause' }, { title: 'what was seen' }, { title: 'evidence' }],
    ruledOut.map(({ cause, text }, index) => {
      const { at, name } = evidenceOfRuledOut(report, index);
      return {
        cells: [cause, withNumbers(text, at), seen(at, name)],
      };
    }),
  )}`;
};

export const cause: SectionOf = (report) => {
  const { explanation } = report.comparison;
  return {
    id: 'cause',
    title: 'Cause analysis',
    body: html`<h3 id="decomposition">What kind of change</h3>
<p><strong>${explanation.word}</strong>: ${kindMeaning[explanation.word]}</p>
<p>Reason: ${withNumbers(explanation.reason, 'decomposition')}.</p>
${partitions(report)}${faults(report)}${onset(report)}${aside(report)}`,
  };
};
