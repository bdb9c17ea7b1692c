import { ChartKey } from '../../../charts/chart-key.tsx';
import classes from './series-key.module.css';

/** The marks of the metric chart, each beside its word. */
export const SeriesKey = ({ minCell, weeks }: { minCell: number; weeks: string }) => (
  <ChartKey>
    <li>
      <svg width="26" height="12" aria-hidden="true" className={classes.current}>
        <rect x="0" y="1" width="26" height="10" opacity="0.22" stroke="none" />
        <path d="M0 6h26" strokeWidth="2" />
        <circle cx="13" cy="6" r="2" />
      </svg>
      realised, with its interval
    </li>
    <li>
      <svg width="26" height="12" aria-hidden="true" className={classes.current}>
        <rect x="0" y="1" width="26" height="10" opacity="0.12" stroke="none" />
        <path d="M0 6h26" strokeWidth="1.5" strokeDasharray="1 3" />
        <circle cx="13" cy="6" r="2.6" className={classes.hollow} />
      </svg>
      provisional: labels still arriving
    </li>
    <li>
      <svg width="26" height="12" aria-hidden="true" className={classes.quiet}>
        <path d="M13 0v12" strokeWidth="1" opacity="0.5" />
        <path d="M13 2.5 16.5 6 13 9.5 9.5 6z" className={classes.hollow} strokeWidth="1.2" />
      </svg>
      fewer than {minCell} labels in a {weeks}: not enough data
    </li>
    <li>
      <svg width="26" height="12" aria-hidden="true" className={classes.quiet}>
        <path d="M0 6h26" strokeWidth="1.5" strokeDasharray="5 4" />
      </svg>
      estimated without labels
    </li>
  </ChartKey>
);
