import classes from './share-bars.module.css';

const width = 128;

/** Two shares as bars, one over the other; the numbers stand beside them, so they are hidden from readers. */
export const ShareBars = ({ inside, rest }: { inside: number; rest: number }) => (
  <svg className={classes.bars} width={width} height={16} aria-hidden="true" focusable="false">
    <rect className={classes.ground} x={0} y={1} width={width} height={14} />
    <rect className={classes.inside} x={0} y={1} width={Math.max(1, inside * width)} height={7} />
    <rect className={classes.rest} x={0} y={9} width={Math.max(1, rest * width)} height={6} />
  </svg>
);
