import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { CheckLine } from '../../../../shared/model/checklist.ts';
import { instant } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { CheckStatus } from '../../../ui/check-status.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { AnswerForm } from './answer-form.tsx';
import classes from './check-item.module.css';
import { placeOf } from './check-lines.ts';
import { observedText } from './check-list.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { carried } from './investigation-search.ts';
import { stepAddress } from './step-address.ts';
import { stepOf } from './steps.ts';

const Evidence = ({ line }: { line: CheckLine }) => {
  const { investigation, place, search } = useInvestigationPage();
  const evidence = line.collected?.evidence ?? [];
  if (evidence.length === 0) return <span className={classes.quiet}>none was collected: only a person can say</span>;
  return (
    <ul className={classes.evidence}>
      {evidence.map(({ id, text, pointer, artifact }) => {
        const step = placeOf(pointer);
        return (
          <li key={id} title={`${pointer} in ${artifact}`}>
            <code>{id}</code>{' '}
            {step ? (
              <Link
                {...stepAddress(step, investigation.id, place, carried(search))}
                aria-label={`${visibleText(text)}, seen under ${stepOf(step).name}`}
              >
                {visibleText(text)}
              </Link>
            ) : (
              visibleText(text)
            )}
          </li>
        );
      })}
    </ul>
  );
};

const Answers = ({ line }: { line: CheckLine }) => {
  const { collected, answered } = line;
  return (
    <>
      {collected ? (
        <div>
          <dt>The program found</dt>
          <dd>
            <CheckStatus status={collected.status} /> {visibleText(collected.observed)}
            {collected.rule ? <span className={classes.quiet}> rule: {visibleText(collected.rule)}</span> : null}
          </dd>
        </div>
      ) : null}
      {answered ? (
        <div>
          <dt>A person says</dt>
          <dd>
            <CheckStatus status={answered.status} /> {visibleText(answered.sentence)}
            <span className={classes.quiet}>
              {' '}
              {instant(answered.at)}, entry {answered.seq}
              {collected && collected.status !== answered.status ? '; this wins over what was found' : ''}
            </span>
          </dd>
        </div>
      ) : null}
    </>
  );
};

const Details = ({ line }: { line: CheckLine }) => {
  const { item, collected } = line;
  const observations = collected?.observations ?? [];
  return (
    <dl className={classes.details}>
      <div>
        <dt>Why</dt>
        <dd>{visibleText(item.why)}</dd>
      </div>
      <Answers line={line} />
      {observations.length > 0 ? (
        <div>
          <dt>Read</dt>
          <dd className={classes.observations}>
            {observations.map(({ name, text, reason }) => (
              <span key={name}>
                <span className={classes.quiet}>{visibleText(name)}</span> {visibleText(text)}
                {reason ? <span className={classes.quiet}> ({visibleText(reason)})</span> : null}
              </span>
            ))}
          </dd>
        </div>
      ) : null}
      <div>
        <dt>Evidence</dt>
        <dd>
          <Evidence line={line} />
        </dd>
      </div>
      <div>
        <dt>If it fails</dt>
        <dd>{visibleText(item.remedy)}</dd>
      </div>
      <div>
        <dt>Source</dt>
        <dd className={classes.quiet}>{visibleText(item.source)}</dd>
      </div>
    </dl>
  );
};

export interface CheckItemProps {
  line: CheckLine;
  opened: boolean;
  onToggle(): void;
}

/** One question of the checklist. Opening it decides nothing. */
export const CheckItem = ({ line, opened, onToggle }: CheckItemProps) => {
  const { item } = line;
  const row = useRef<HTMLButtonElement>(null);
  const arrived = useRef(opened);
  // Only for an address that names the item: opened by hand it is where the person looks already.
  useEffect(() => {
    if (arrived.current) row.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <li className={classes.item} data-opened={opened || undefined}>
      <button
        ref={row}
        type="button"
        className={classes.row}
        data-check={item.id}
        aria-expanded={opened}
        onClick={onToggle}
      >
        <span>
          <CheckStatus status={line.status} />
        </span>
        <span className={classes.question}>
          {visibleText(item.question)}
          {item.killer ? <span className={classes.killer}>killer</span> : null}
        </span>
        <span className={classes.values}>
          <span>
            <span className={classes.name}>expected</span>
            <span>{visibleText(item.expected)}</span>
          </span>
          <span>
            <span className={classes.name}>observed</span>
            <span>{visibleText(line.answered ? line.answered.sentence : observedText(line))}</span>
          </span>
        </span>
        <span className={classes.by}>
          {line.by === 'person' ? 'by a person' : line.by === 'evidence' ? 'by evidence' : 'undecided'}
        </span>
        <Icon name={opened ? 'chevronDown' : 'chevronRight'} size={12} />
      </button>
      {opened ? (
        <div className={classes.body}>
          <Details line={line} />
          <AnswerForm
            key={line.answered?.seq ?? 0}
            line={line}
            onRecorded={() => {
              onToggle();
              row.current?.focus();
            }}
          />
        </div>
      ) : null}
    </li>
  );
};
