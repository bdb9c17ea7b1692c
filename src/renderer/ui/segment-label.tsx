import type { Segment } from '../../shared/model/comparison.ts';
import { segmentText } from '../../shared/segment-text.ts';
import { visibleText, visibleValue } from '../../shared/visible-text.ts';
import classes from './segment-label.module.css';

export const SegmentLabel = ({ segment }: { segment: Segment }) => {
  const pairs = Object.entries(segment);
  return (
    <span className={classes.label} title={segmentText(segment)}>
      {pairs.length === 0 ? <span className={classes.all}>all rows</span> : null}
      {pairs.map(([column, value]) => (
        <span key={column} className={classes.pair}>
          <bdi className={classes.column}>{visibleText(column)}</bdi>
          <bdi className={classes.value} data-special={value === null || value === '' || undefined}>
            {visibleValue(value)}
          </bdi>
        </span>
      ))}
    </span>
  );
};
