import type { VersionChange } from '../../../../shared/model/comparison.ts';
import { day } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { evidenceOf } from '../result/evidence-of.ts';
import { useInvestigationPage } from './investigation-context.ts';
import { type Timing, timingOf } from './version-timing.ts';
import classes from './versions-panel.module.css';

const words: Record<Timing, string> = {
  before: 'before it began',
  within: 'while it began: a lead to follow',
  after: 'after it had begun',
  unknown: 'no onset to hold it against',
};

/** Releases beside the day it began: what came earlier or later is not its start. */
export const VersionsPanel = () => {
  const { comparison, request } = useInvestigationPage();
  const { versionChanges, onset } = comparison;
  const rows: (VersionChange & { timing: Timing })[] = versionChanges.map((change) => ({
    ...change,
    timing: timingOf(change, onset),
  }));
  return (
    <EvidencePanel
      title="Version changes"
      note={
        onset
          ? `it began ${day(onset.date)}, between ${day(onset.low)} and ${day(onset.high)}`
          : 'no day on which it began was found'
      }
      evidence={evidenceOf(comparison, request, { pointer: '/versionChanges', json: versionChanges, methods: [] })}
      table={{
        columns: ['column', 'from', 'to', 'at', 'against the onset'],
        rows: rows.map(({ column, from, to, at, timing }) => [column, from, to, at, timing]),
      }}
    >
      {rows.length === 0 ? (
        <p className={classes.none}>
          No version column changed. If releases are not exported, the checklist asks for them.
        </p>
      ) : (
        <ul className={classes.list}>
          {rows.map(({ column, from, to, at, timing }) => (
            <li key={`${column} ${at} ${to}`} data-timing={timing}>
              <time dateTime={at}>{day(at)}</time>
              <span>
                <bdi>{visibleText(column)}</bdi>{' '}
                <b>
                  {visibleText(from)} → {visibleText(to)}
                </b>
              </span>
              <span className={classes.timing}>{words[timing]}</span>
            </li>
          ))}
        </ul>
      )}
    </EvidencePanel>
  );
};
