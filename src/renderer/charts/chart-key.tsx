import type { ReactNode } from 'react';
import classes from './chart-key.module.css';

/** The marks of a chart, each an item beside its word. */
export const ChartKey = ({ children }: { children: ReactNode }) => <ul className={classes.key}>{children}</ul>;
