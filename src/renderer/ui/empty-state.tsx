import type { ReactNode } from 'react';
import classes from './states.module.css';

export interface EmptyStateProps {
  title: string;
  /** What to do next. */
  children: ReactNode;
  actions?: ReactNode;
}

export const EmptyState = ({ title, children, actions }: EmptyStateProps) => (
  <div className={classes.state}>
    <p className={classes.title}>{title}</p>
    <div className={classes.text}>{children}</div>
    {actions ? <div className={classes.actions}>{actions}</div> : null}
  </div>
);
