import type { CheckStatus as Status } from '../../../../shared/model/checklist.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import classes from './check-status.module.css';

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
