import type { Estimate } from '../../shared/model/estimate.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import type { GlyphScale } from './glyph-scale.ts';
import classes from './interval-glyph.module.css';

export interface IntervalGlyphProps {
  change: Estimate;
  verdict: Verdict;
  scale: GlyphScale;
  width?: number;
}

const height = 18;

/** A change with its interval, small enough for a table cell; the numbers stand beside it, so it is hidden from readers. */
export const IntervalGlyph = ({ change, verdict, scale, width = 150 }: IntervalGlyphProps) => {
  const toX = (value: number) => {
    const share = (value - scale.low) / (scale.high - scale.low);
    return 3 + Math.max(0, Math.min(1, share)) * (width - 6);
  };
  const middle = height / 2;
  const { value, low, high } = change;
  const cut = low !== null && (low < scale.low || (high ?? 0) > scale.high);
  return (
    <svg
      className={classes.glyph}
      width={width}
      height={height}
      data-verdict={verdict}
      aria-hidden="true"
      focusable="false"
    >
      <rect
        className={classes.tolerance}
        x={toX(-scale.delta)}
        y={0}
        width={toX(scale.delta) - toX(-scale.delta)}
        height={height}
      />
      <line className={classes.zero} x1={toX(0)} x2={toX(0)} y1={0} y2={height} />
      {low !== null && high !== null ? (
        <line
          className={classes.whisker}
          data-cut={cut || undefined}
          x1={toX(low)}
          x2={toX(high)}
          y1={middle}
          y2={middle}
        />
      ) : null}
      {value !== null ? <circle className={classes.dot} cx={toX(value)} cy={middle} r={3.5} /> : null}
    </svg>
  );
};
