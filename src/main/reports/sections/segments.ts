import type { SegmentComparison } from '../../../shared/model/comparison.ts';
import { segmentText } from '../../../shared/segment-text.ts';
import { count, counted, difference, points, pValue } from '../../../shared/units.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { type Html, html } from '../markup/html.ts';
import { type Column, folded, type Row, table } from '../markup/table.ts';
import { unknown } from '../numbers.ts';
import { type Report, segmentIndex, segmentUnit } from '../report.ts';
import { verdictMark } from '../verdict.ts';
import { estimateCell } from './metrics.ts';

const openUpTo = 25;

const columns: Column[] = [
  { title: 'segment' },
  { title: 'reference', number: true },
  { title: 'current', number: true },
  { title: 'change', number: true },
  { title: 'n before', number: true },
  { title: 'n now', number: true },
  { title: 'contribution', number: true },
  { title: 'adjusted p', number: true },
  { title: 'verdict' },
];

const rowOf = (report: Report, index: number): Row => {
  const line = report.comparison.segments[index] as SegmentComparison;
  const unit = segmentUnit(report, line);
  const by = line.explainedBy;
  const parent = by ? segmentIndex(report, by) : -1;
  return {
    id: anchor('segment', index),
    cells: [
      segmentText(line.segment),
      estimateCell(line.reference, unit, 'value'),
      estimateCell(line.current, unit, 'value'),
      estimateCell(line.change, unit, 'change'),
      count(line.reference.n),
      count(line.current.n),
      line.contribution === null
        ? unknown('not computed')
        : unit === 'share'
          ? points(line.contribution, 2)
          : difference(line.contribution),
      line.pAdjusted === null ? 'not tested' : pValue(line.pAdjusted).replace(/^p =?\u202f?/, ''),
      by
        ? html`${verdictMark(line.verdict)}<small>explained by ${parent >= 0 ? seen(anchor('segment', parent), segmentText(by)) : segmentText(by)}</small>`
        : verdictMark(line.verdict),
    ],
  };
};

const smallColumns: Column[] = [
  { title: 'segment' },
  { title: 'labelled before', number: true },
  { title: 'labelled now', number: true },
  { title: 'reason' },
];

const smallRow = (report: Report, index: number): Row => {
  const { segment, reference, current, change } = report.comparison.segments[index] as SegmentComparison;
  return {
    id: anchor('segment', index),
    cells: [segmentText(segment), count(reference.n), count(current.n), change.reason ?? unknown(null)],
  };
};

interface Group {
  title: string;
  none: string;
  holds(line: SegmentComparison): boolean;
  small?: boolean;
}

const groups: Group[] = [
  {
    title: 'Fell or rose on their own',
    none: 'No segment fell or rose on its own.',
    holds: ({ verdict, explainedBy }) => (verdict === 'regression' || verdict === 'improvement') && !explainedBy,
  },
  {
    title: 'Accounted for by another segment: rows they share, no change of their own',
    none: 'No segment is accounted for by another.',
    holds: ({ explainedBy }) => explainedBy !== undefined,
  },
  {
    title: 'No change beyond the tolerance',
    none: 'Of no segment could a change be excluded.',
    holds: ({ verdict, explainedBy }) => verdict === 'no change' && !explainedBy,
  },
  {
    title: 'Compared, but too uncertain to decide',
    none: 'No compared segment stayed undecided.',
    holds: ({ verdict, change, explainedBy }) => verdict === 'inconclusive' && change.value !== null && !explainedBy,
  },
  {
    title: 'Not enough data',
    none: 'No listed segment lacked data.',
    holds: ({ verdict, change, explainedBy }) => verdict === 'inconclusive' && change.value === null && !explainedBy,
    small: true,
  },
];

const group = (report: Report, { title, none, holds, small }: Group): Html => {
  const indexes = report.comparison.segments.flatMap((line, index) => (holds(line) ? [index] : []));
  if (indexes.length === 0) return html`<p>${none}</p>`;
  const body = table(
    `${title}, worst first`,
    small ? smallColumns : columns,
    indexes.map((index) => (small ? smallRow(report, index) : rowOf(report, index))),
  );
  return folded(`${title}: ${counted(indexes.length, 'segment')}`, body, indexes.length <= openUpTo);
};

const searched = ({ comparison }: Report): Html => {
  const { examined, tested, familySize, notEnoughData } = comparison.segmentSearch;
  const { minCell, familyAlpha } = comparison.settings;
  return table(
    'How many segments were looked at',
    [{ title: 'count of' }, { title: 'segments', number: true }, { title: 'meaning' }],
    [
      {
        id: 'search-examined',
        cells: ['examined', count(examined), 'every combination that occurs, up to the depth of the search'],
      },
      {
        id: 'search-not-enough',
        cells: ['not enough data', count(notEnoughData), `fewer than ${count(minCell)} labelled rows in a window`],
      },
      { id: 'search-tested', cells: ['tested', count(tested), 'compared between the windows'] },
      {
        id: 'search-family',
        cells: ['family', count(familySize), `tests the adjusted p accounts for, at ${familyAlpha}`],
      },
    ],
  );
};

export const segmentTables = (report: Report): Html => {
  const { segments, segmentSearch } = report.comparison;
  const hidden = segmentSearch.examined - segments.length;
  return html`<h3 id="segments">Segments</h3>
${searched(report)}<p>${segments.length === 0 ? 'No segment is listed: the dataset declares no segment columns, or no row falls into one.' : `All ${counted(segments.length, 'segment')} of the document follow, the good and the bad.`}${
    hidden > 0
      ? html` ${counted(hidden, 'further segment')} with the fewest rows ${hidden === 1 ? 'is' : 'are'} counted above and not listed in the document.`
      : ''
  } Contribution: what the segment adds to the change over all rows.</p>
${segments.length > 0 ? groups.map((one) => group(report, one)) : ''}`;
};
