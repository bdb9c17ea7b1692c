import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { primaryUnit, toleranceText } from '../../../../shared/accuracy-words.ts';
import { dayRange, metricName } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Icon } from '../../../ui/icon.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { VerdictBadge } from '../../../ui/verdict-badge.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import classes from './pinned-bar.module.css';
import { stepAddress } from './step-address.ts';

/** What is compared with what, on every step. */
export const PinnedBar = ({ children }: { children: ReactNode }) => {
  const { investigation, comparison, request, search, step } = useInvestigationPage();
  const { reference, current } = comparison.windows;
  return (
    <section className={classes.bar} aria-label="What is compared">
      <div className={classes.line}>
        <VerdictBadge verdict={comparison.verdict} />
        <b className={classes.title} title={visibleText(investigation.title)}>
          {visibleText(investigation.title)}
        </b>
        <dl className={classes.facts}>
          <div data-window="current">
            <dt>current</dt>
            <dd>{dayRange(current.from, current.to)}</dd>
          </div>
          <div data-window="reference">
            <dt>reference</dt>
            <dd>{dayRange(reference.from, reference.to)}</dd>
          </div>
          <div>
            <dt>metric</dt>
            <dd>
              {metricName(comparison.settings.metric)}{' '}
              {toleranceText(comparison.settings.delta, primaryUnit(comparison))}
            </dd>
          </div>
          <div className={classes.dataset}>
            <dt>dataset</dt>
            <dd title={comparison.dataset.sha256}>{visibleText(comparison.dataset.name)}</dd>
          </div>
          {request.within && Object.keys(request.within).length > 0 ? (
            <div>
              <dt>within</dt>
              <dd>
                <SegmentLabel segment={request.within} />
              </dd>
            </div>
          ) : null}
        </dl>
        <span className={classes.spring} />
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<Icon name="provisional" size={12} />}
          rightSection={<KeyHint keys="h" />}
          renderRoot={(props) => (
            <Link
              {...props}
              {...stepAddress(step, investigation.id, null, { ...search, history: true })}
              resetScroll={false}
            />
          )}
        >
          History
        </Button>
      </div>
      {children}
    </section>
  );
};
