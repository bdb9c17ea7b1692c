import classes from './key-hint.module.css';
import { keyLabels } from './keystroke.ts';

/** The keys of a command, drawn as caps: `mod+K` or the sequence `G S`. */
export const KeyHint = ({ keys }: { keys: string }) => (
  <span className={classes.hint}>
    {keyLabels(keys).map((label) => (
      <kbd key={label} className={classes.cap}>
        {label}
      </kbd>
    ))}
  </span>
);
