import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import { segmentText } from '../../../../shared/segment-text.ts';
import {
  count,
  difference,
  estimateChange,
  estimateValue,
  interval,
  points,
  pValue,
  type Unit,
} from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import type { GlyphScale } from '../../../charts/glyph-scale.ts';
import { IntervalGlyph } from '../../../charts/interval-glyph.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import { VerdictBadge } from '../../../ui/verdict-badge.tsx';
import { DayStrip } from './day-strip.tsx';
import { isUntested, type SegmentRow } from './segment-rows.ts';
import classes from './segments-panel.module.css';
import type { Strips } from './use-segment-days.ts';

const signedChange = (value: number, unit: Unit): string => (unit === 'share' ? points(value, 3) : difference(value));

const Verdict = ({ row }: { row: SegmentRow }) =>
  isUntested(row) ? (
    <span className={classes.untested} title={row.change.reason}>
      not enough data
    </span>
  ) : (
    <VerdictBadge verdict={row.verdict} />
  );

/** Accuracy over time as a strip: only where the metric is that share, or the strip would tell of another number. */
const stripColumn = (strips: Strips): Column<SegmentRow> => ({
  id: 'days',
  title: 'Over time',
  width: '130px',
  hint: 'Right answers by day, or by week or month where days are thin: vermilion is below the reference beyond tolerance and chance, outlined beyond tolerance only, a low mark is not enough data; ground: current window',
  value: (row) => strips.of(row)?.label ?? null,
  filters: false,
  render: (row) => {
    const strip = strips.of(row);
    return strip ? (
      <DayStrip cells={strip.cells} label={strip.label} days={strips.days} current={strips.current} />
    ) : (
      ''
    );
  },
});

export const segmentColumns = (
  comparison: AccuracyComparison,
  unit: Unit,
  scale: GlyphScale,
  strips: Strips | null = null,
): Column<SegmentRow>[] => [
  {
    id: 'segment',
    title: 'Segment',
    width: 'minmax(200px, 1fr)',
    value: (row) => segmentText(row.segment),
    render: (row) => (
      <span className={classes.segment} data-explained={row.explainedBy ? true : undefined}>
        <SegmentLabel segment={row.segment} />
        {row.explains > 0 ? <span className={classes.fold}>+{row.explains} explained</span> : null}
        {row.explainedBy ? (
          <span className={classes.fold} title={`explained by ${segmentText(row.explainedBy)}`}>
            explained by {segmentText(row.explainedBy)}
          </span>
        ) : null}
      </span>
    ),
  },
  {
    id: 'reference',
    title: 'Reference',
    align: 'right',
    width: '80px',
    value: (row) => row.reference.value,
    render: (row) => (
      <span className={isUntested(row) ? classes.untested : undefined}>{estimateValue(row.reference, unit)}</span>
    ),
  },
  {
    id: 'current',
    title: 'Current',
    align: 'right',
    width: '78px',
    value: (row) => row.current.value,
    render: (row) =>
      // A number nobody should act on is not set in bold.
      isUntested(row) ? (
        <span className={classes.untested}>{estimateValue(row.current, unit)}</span>
      ) : (
        <strong className={classes.now}>{estimateValue(row.current, unit)}</strong>
      ),
  },
  {
    id: 'change',
    title: 'Change',
    align: 'right',
    width: '84px',
    value: (row) => row.change.value,
    render: (row) => (
      <span className={classes.change} data-verdict={row.verdict} title={interval(row.change, unit, 'change')}>
        {row.change.value === null ? 'unknown' : estimateChange(row.change, unit)}
      </span>
    ),
  },
  {
    id: 'interval',
    title: `Interval (${Math.round(comparison.settings.level * 100)} %)`,
    width: '124px',
    hint: 'The shaded ground is the tolerance; sorts by the lower end',
    value: (row) => row.change.low,
    render: (row) =>
      isUntested(row) ? (
        <span className={classes.reason} title={row.change.reason}>
          {visibleText(row.change.reason ?? 'no reason was given')}
        </span>
      ) : (
        <IntervalGlyph change={row.change} verdict={row.verdict} scale={scale} width={106} />
      ),
  },
  ...(strips && comparison.settings.metric === 'accuracy' ? [stripColumn(strips)] : []),
  {
    id: 'contribution',
    title: 'Contribution',
    align: 'right',
    width: '90px',
    hint: 'What the segment adds to the overall change',
    value: (row) => row.contribution,
    render: (row) => (row.contribution === null ? '' : signedChange(row.contribution, unit)),
  },
  {
    id: 'p',
    title: 'p, adj.',
    align: 'right',
    width: '80px',
    hint: `Adjusted for a family of ${comparison.segmentSearch.familySize} tests`,
    value: (row) => row.pAdjusted,
    render: (row) => (row.pAdjusted === null ? '' : pValue(row.pAdjusted).replace(/^p =?\s*/, '')),
  },
  {
    id: 'n',
    title: 'n',
    hint: 'Labelled rows, reference → current',
    align: 'right',
    width: '130px',
    value: (row) => row.change.n,
    render: (row) => `${count(row.reference.n)} → ${count(row.current.n)}`,
  },
  {
    id: 'verdict',
    title: 'Verdict',
    width: '130px',
    value: (row) => (isUntested(row) ? 'not enough data' : row.verdict),
    render: (row) => <Verdict row={row} />,
  },
];
