import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import classes from './entrances.module.css';

interface EntranceProps {
  icon: IconName;
  worry: string;
  axis: string;
  sees: string;
  blind: string;
  foot: ReactNode;
}

const Words = ({ icon, worry, axis, sees, blind, foot }: EntranceProps) => (
  <>
    <span className={classes.icon}>
      <Icon name={icon} size={26} />
    </span>
    <span className={classes.words}>
      <span className={classes.axis}>{axis}</span>
      <span className={classes.worry}>{worry}</span>
      <span className={classes.line}>
        <b>Sees</b> {sees}
      </span>
      <span className={classes.line}>
        <b>Can’t see</b> {blind}
      </span>
      <span className={classes.foot}>{foot}</span>
    </span>
  </>
);

export const Entrances = () => (
  <div>
    <div className={classes.pair}>
      <Link to="/accuracy/import" className={classes.entrance}>
        <Words
          icon="model"
          axis="Accuracy"
          worry="Answers got worse"
          sees="whether labelled production data got worse, since when, in which segment and of what kind."
          blind="a machine at 60 % of its former speed."
          foot={
            <span className={classes.go}>
              Import predictions and labels <Icon name="arrowRight" />
            </span>
          }
        />
      </Link>
      <Link to="/throughput" className={classes.entrance}>
        <Words
          icon="machine"
          axis="Throughput"
          worry="It got slower"
          sees="whether the same workload runs slower on the same executor, and what changed around it."
          blind="a model that is wrong at full speed."
          foot={
            <span className={classes.go}>
              Run a workload or import result files <Icon name="arrowRight" />
            </span>
          }
        />
      </Link>
    </div>
    <p className={classes.unsure}>
      Not sure which? <Link to="/which">Three questions pick an axis</Link>.
    </p>
  </div>
);
