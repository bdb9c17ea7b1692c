import classes from './states.module.css';

/** Says what is being fetched, at the height of what will stand there. */
export const LoadingState = ({ what, height }: { what: string; height?: number }) => (
  <div className={classes.skeleton} style={height ? { height } : undefined} role="status">
    Reading {what} …
  </div>
);
