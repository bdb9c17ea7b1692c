import columns from './columns.module.css';
import classes from './result-page.module.css';

const blocks = [190, 420, 260];

/** The outline of the page that is being computed, without motion. */
export const ResultSkeleton = () => (
  <div className={`${columns.column} ${classes.skeleton}`} aria-hidden="true">
    {blocks.map((height) => (
      <div key={height} className={classes.block} style={{ height }}>
        <span />
        <span />
        <span />
      </div>
    ))}
  </div>
);
