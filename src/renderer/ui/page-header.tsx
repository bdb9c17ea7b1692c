import { type ReactNode, useEffect } from 'react';
import classes from './page-header.module.css';

export interface PageHeaderProps {
  title: ReactNode;
  /** Small line above the title: where one is. */
  trail?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}

/** The tab is named after the page: among ten tabs that is all one sees. */
const useDocumentTitle = (title: ReactNode) => {
  useEffect(() => {
    if (typeof title === 'string') document.title = `${title} - Driftbench`;
  }, [title]);
};

export const PageHeader = ({ title, trail, children, actions }: PageHeaderProps) => {
  useDocumentTitle(title);
  return (
    <div className={classes.header}>
      <div className={classes.words}>
        {trail ? <p className={classes.trail}>{trail}</p> : null}
        <h1 className={classes.title}>{title}</h1>
        {children ? <div className={classes.lead}>{children}</div> : null}
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </div>
  );
};
