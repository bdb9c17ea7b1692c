import { axisBlindSpot, causeTitle, kindMeaning, toleranceText } from '../../../shared/accuracy-words.ts';
import { compareCommand } from '../../../shared/commands.ts';
import { statedPartition } from '../../../shared/explained-change.ts';
import type { SegmentComparison } from '../../../shared/model/comparison.ts';
import { segmentText } from '../../../shared/segment-text.ts';
import { count, dayRange, instant, metricName, percent, pValue, type Unit } from '../../../shared/units.ts';
import { gapsOf } from '../gaps.ts';
import { anchor, seen, withNumbers } from '../markup/anchor.ts';
import { type Content, type Html, html, joined, nothing } from '../markup/html.ts';
import { facts, list } from '../markup/table.ts';
import { changeRange, changeText, countText, valueText } from '../numbers.ts';
import { personText } from '../person-text.ts';
import {
  ownLines,
  partitionTitle,
  type Report,
  type SectionOf,
  sameSegment,
  segmentIndex,
  segmentMetric,
  segmentUnit,
} from '../report.ts';
import { evidenceOfRuledOut } from '../ruled-out.ts';
import { verdictMark } from '../verdict.ts';

const windowLink = (report: Report, name: 'reference' | 'current'): Html => {
  const { from, to } = report.comparison.windows[name];
  return seen(anchor('window', name), dayRange(from, to));
};

const asked = (report: Report): Content => {
  const { comparison, investigation, metric, unit } = report;
  const within = investigation.request.within;
  return html`Did ${metricName(metric)} of <strong>${comparison.dataset.name}</strong> get worse between ${windowLink(report, 'reference')} and ${windowLink(report, 'current')}${within && Object.keys(within).length > 0 ? html`, within ${segmentText(within)}` : nothing}? Only a change beyond ${seen('setting-delta', toleranceText(comparison.settings.delta, unit))} counts; that was fixed before looking. Labels as of ${seen('setting-asOf', instant(comparison.asOf))}.`;
};

const overall = (report: Report): Html => {
  const primary = report.comparison.metrics[report.metric];
  const at = anchor('metric', report.metric);
  if (!primary) return html`${metricName(report.metric)}: <span class="unknown">unknown: it was not computed</span>.`;
  if (primary.change.value === null)
    return html`${metricName(report.metric)} over all rows: ${changeText(primary.change, report.unit, at)}.`;
  return html`${metricName(report.metric)} over all rows went from ${valueText(primary.reference, report.unit, at)} to ${valueText(primary.current, report.unit, at)}: ${verdictMark(primary.verdict)}.`;
};

const found = (report: Report): Content => {
  const { worst, investigation } = report;
  const { conclusion } = investigation;
  const parts: Html[] = [];
  if (worst) {
    const at = anchor('segment', segmentIndex(report, worst.segment));
    const unit = segmentUnit(report, worst);
    parts.push(
      html`<strong>${metricName(segmentMetric(report, worst))} of ${segmentText(worst.segment)} fell from ${valueText(worst.reference, unit, at)} to ${valueText(worst.current, unit, at)}</strong>: ${verdictMark(worst.verdict)}. `,
    );
  }
  parts.push(overall(report));
  parts.push(
    conclusion
      ? html` Concluded: <strong>${causeTitle[conclusion.cause]}</strong> (${conclusion.certainty}). Impact: ${personText(report, conclusion.impact)}`
      : html` ${seen('conclusion', 'No conclusion was written')}: what stands here was computed, no person has signed it.`,
  );
  return html`${parts}`;
};

const sure = (report: Report): Content => {
  const { comparison, worst, investigation, metric, unit } = report;
  const { windows, segmentSearch } = comparison;
  const parts: Html[] = [];
  if (worst) {
    const at = anchor('segment', segmentIndex(report, worst.segment));
    parts.push(
      html`In the segment: change ${changeText(worst.change, segmentUnit(report, worst), at)}, n = ${seen(at, count(worst.reference.n))} before and ${seen(at, count(worst.current.n))} now; ${seen(at, pValue(worst.pAdjusted))} after adjusting for ${countText(segmentSearch.familySize, 'search-family', 'test')}. `,
    );
  }
  const primary = comparison.metrics[metric];
  if (primary)
    parts.push(
      html`Over all rows: change ${changeText(primary.change, unit, anchor('metric', metric))}, n = ${seen(anchor('metric', metric), count(primary.reference.n))} before and ${seen(anchor('metric', metric), count(primary.current.n))} now. `,
    );
  if (windows.current.provisional && windows.current.maturity !== null)
    parts.push(
      html`Provisional: ${seen(anchor('window', 'current'), percent(windows.current.maturity))} of the current window’s labels are in, so the reference was weighted to labels of the same age. `,
    );
  const { conclusion } = investigation;
  if (conclusion)
    parts.push(
      conclusion.certainty === 'confirmed'
        ? html`The cause is confirmed: ${personText(report, conclusion.confirmedBy)}`
        : html`The cause is probable: it was not confirmed by replay, revert or shadow run.`,
    );
  return html`${parts}`;
};

const since = (report: Report): Content => {
  const { comparison, investigation } = report;
  const { onset, verdict } = comparison;
  const said = investigation.conclusion
    ? html` As concluded: ${personText(report, investigation.conclusion.firstFailure)}`
    : nothing;
  if (onset)
    return html`<strong>${seen('onset', onset.date)}</strong>, ${onset.low === onset.high ? 'to the day' : html`between ${seen('onset', onset.low)} and ${seen('onset', onset.high)}`}, by the change point of ${metricName(onset.metric)} in ${segmentText(onset.segment)}.${said}`;
  return verdict === 'regression'
    ? html`<span class="unknown">unknown: no change point of the daily numbers is significant</span>.${said}`
    : html`No fall was ${verdict === 'inconclusive' ? 'shown' : 'found'}, so no first day of one.${said}`;
};

/** How the segments that were compared ended, in words that add up. */
const endings = ({ comparison }: Report): Html => {
  const compared = comparison.segments.filter(({ change }) => change.value !== null);
  const having = (test: (line: SegmentComparison) => boolean) => compared.filter(test).length;
  const parts: [number, string][] = [
    [having(({ verdict, explainedBy }) => verdict === 'regression' && !explainedBy), 'fell on its own'],
    [having(({ explainedBy }) => explainedBy !== undefined), 'moved only through rows shared with another'],
    [having(({ verdict, explainedBy }) => verdict === 'improvement' && !explainedBy), 'rose'],
    [having(({ verdict, explainedBy }) => verdict === 'no change' && !explainedBy), 'did not change'],
    [having(({ verdict, explainedBy }) => verdict === 'inconclusive' && !explainedBy), 'too uncertain to tell'],
  ];
  return html`Of ${countText(compared.length, 'segments', 'segment')} compared: ${joined(
    parts.filter(([many]) => many > 0).map(([many, what]) => html`${seen('segments', count(many))} ${what}`),
    ', ',
  )}.`;
};

const where = (report: Report): Content => {
  const { comparison, investigation, worst } = report;
  const lines = ownLines(report, 'regression');
  const followed = investigation.segment;
  const chosen =
    followed && Object.keys(followed).length > 0 && worst && !sameSegment(followed, worst.segment)
      ? html` The investigation followed ${segmentText(followed)}.`
      : nothing;
  const tested = comparison.segments.some(({ change }) => change.value !== null)
    ? endings(report)
    : html`No segment had enough rows to be compared, or the dataset declares none.`;
  if (worst)
    return html`<strong>${segmentText(worst.segment)}</strong>${
      lines.length > 1
        ? html`, and ${countText(lines.length - 1, 'segments', 'more segment')} that fell on their own`
        : nothing
    }. ${tested}${chosen}`;
  if (comparison.verdict === 'regression') return html`In no segment more than elsewhere. ${tested}${chosen}`;
  return html`${comparison.verdict === 'inconclusive' ? 'Nowhere that could be shown.' : 'Nowhere beyond the tolerance.'} ${tested}${chosen}`;
};

/** Over every way to split the change: how far the two terms reach. */
const splitRange = (report: Report, scale: Unit): Html => {
  const { partitions } = report.comparison.explanation;
  const admissible = partitions.filter((split) => split.admissible);
  const relation = changeRange(
    admissible.map((split) => split.relation),
    scale,
  );
  const mix = changeRange(
    admissible.map((split) => split.mix),
    scale,
  );
  return relation && mix
    ? html` Over ${countText(admissible.length, 'decomposition', 'way', 'ways')} to split it, the relation explains ${seen('decomposition', relation)} and the mix ${seen('decomposition', mix)}.`
    : html` No admissible way to split it was found.`;
};

const namedFaults = 3;

/** What the word rests on: the partition that accounts for a mix, the features that broke. */
const because = (report: Report, scale: Unit): Html => {
  const { explanation } = report.comparison;
  const stated = statedPartition(explanation);
  if (explanation.word === 'mix' && stated) {
    const at = anchor('partition', explanation.partitions.indexOf(stated));
    return html` Split by <strong>${partitionTitle(stated.columns)}</strong>, the mix explains ${changeText(stated.mix, scale, at)} and leaves ${changeText(stated.relation, scale, at)} to the relation.`;
  }
  if (explanation.word !== 'data-quality') return nothing;
  const told = explanation.faults
    .slice(0, namedFaults)
    .map(({ feature, kind, segment }, index) =>
      seen(anchor('fault', index), `${feature}: ${kind} in ${segmentText(segment)}`),
    );
  const rest = explanation.faults.length - told.length;
  return html` ${joined(told, '; ')}${rest > 0 ? html`; ${countText(rest, 'faults', 'more fault')}` : nothing}.`;
};

const kind = (report: Report): Content => {
  const { explanation, verdict } = report.comparison;
  const word = html`<strong>${seen('decomposition', explanation.word)}</strong>. `;
  if (explanation.word === 'none')
    return verdict === 'inconclusive'
      ? html`${word}No change was shown and none was excluded, so nothing was taken apart.`
      : html`${word}${kindMeaning.none}`;
  const scale =
    report.worst && Object.keys(explanation.scope).length > 0 ? segmentUnit(report, report.worst) : report.unit;
  return html`${word}${kindMeaning[explanation.word]}${because(report, scale)}${splitRange(report, scale)}`;
};

const ruledOut = (report: Report): Content => {
  const { comparison, investigation } = report;
  const written = investigation.conclusion?.ruledOut ?? [];
  const named = new Set(written.map(({ cause }) => cause));
  const computed = comparison.ruledOut.flatMap(({ cause, text }, index) => {
    const { at, name, alternative } = evidenceOfRuledOut(report, index);
    return alternative && named.has(alternative)
      ? []
      : [html`<strong>${cause}</strong>: ${withNumbers(text, at)} (${seen(at, name)})`];
  });
  const rest = comparison.ruledOut.length - computed.length;
  const items = [
    ...written.map(({ cause, because }) => html`<strong>${causeTitle[cause]}</strong>: ${personText(report, because)}`),
    ...computed,
    ...(rest > 0
      ? [html`What the program saw of the alternatives a person names above: ${seen('ruled-out', 'cause analysis')}.`]
      : []),
  ];
  return items.length > 0 ? list(items) : html`Nothing: no alternative was looked at and set aside.`;
};

const shownGaps = 5;

/** Options stay whole, or a line would end inside a day. */
const wrapped = (command: string): Html =>
  joined(
    command.split(' \\\n  ').map((part) => html`<span class="whole">${part}</span>`),
    ' ',
  );

const undetermined = (report: Report): Content => {
  const gaps = gapsOf(report);
  if (gaps.length === 0) return html`Nothing that was asked for is missing.`;
  const rest = gaps.length - shownGaps;
  return list([
    ...gaps.slice(0, shownGaps),
    ...(rest > 0 ? [html`${seen('undetermined', `${count(rest)} more`)} under limitations.`] : []),
  ]);
};

const toDo = (report: Report): Content => {
  const { conclusion, checklist } = report.investigation;
  if (conclusion)
    return html`${personText(report, conclusion.actions)} Reopen when: ${personText(report, conclusion.reopenWhen)}`;
  const failed = checklist.lines.filter(({ status }) => status === 'FAILED' || status === 'WARNED');
  return failed.length > 0
    ? html`<p>Not decided: no conclusion was written. What failed or warned asks for:</p>${list(failed.map(({ item }) => html`${item.remedy} (${seen(anchor('check', item.id), item.id)})`))}`
    : html`Not decided: no conclusion was written, and no check asks for an action.`;
};

/** The page for whoever was not there. */
export const summary: SectionOf = (report) => ({
  id: 'summary',
  title: 'Summary',
  body: html`${facts(
    [
      ['What was asked', asked(report)],
      ['What was found', found(report)],
      ['How sure', sure(report)],
      ['Since when', since(report)],
      ['Where', where(report)],
      ['What kind', kind(report)],
      ['Ruled out', ruledOut(report)],
      ['Not determined', undetermined(report)],
      [
        'Not visible here',
        html`${axisBlindSpot} Neither does it see causes outside the exported columns. ${seen('blind-spots', 'More')}.`,
      ],
      ['What to do', toDo(report)],
      [
        'How to repeat it',
        html`<pre>${wrapped(compareCommand(report.comparison, report.investigation.request))}</pre>${seen('reproduction', 'All steps')}; the dataset must have SHA-256 <code>${report.comparison.dataset.sha256}</code>`,
      ],
    ],
    'facts summary',
  )}`,
});
