import type { CheckStatus as Status } from '../../shared/model/checklist.ts';
import classes from './check-status.module.css';
import { Icon, type IconName } from './icon.tsx';

const icons: Record<Status, IconName> = {
  PASSED: 'check',
  WARNED: 'warning',
  FAILED: 'cross',
  'NOT DONE': 'provisional',
};

/** Icon and word together; colour only repeats them. */
export const CheckStatus = ({ status }: { status: Status }) => (
  <span className={classes.status} data-status={status}>
    <Icon name={icons[status]} size={12} />
    {status}
  </span>
);
