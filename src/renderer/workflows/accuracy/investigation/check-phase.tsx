import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { counted, instant } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { useActions } from '../../../ui/actions.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { CheckItem } from './check-item.tsx';
import type { PhaseLines } from './check-lines.ts';
import classes from './checklist-step.module.css';
import { useInvestigationPage } from './investigation-context.ts';
import { stepAddress } from './step-address.ts';
import { useChoose } from './use-investigation.ts';

/** A phase is complete when a person says so, and not before every item is decided. */
const Completion = ({ phase }: { phase: PhaseLines }) => {
  const { investigation } = useInvestigationPage();
  const choose = useChoose(investigation.id);
  const undecided = investigation.checklist.lines.filter(
    ({ item, by }) => item.phase === phase.id && by === null,
  ).length;
  const complete = () => choose.mutate({ kind: 'phase-completed', phase: phase.id });
  const missing =
    undecided > 0 ? `${counted(undecided, 'item')} ${undecided === 1 ? 'is' : 'are'} not decided yet` : null;
  useActions(
    phase.completedAt
      ? []
      : [
          {
            id: `complete-${phase.id}`,
            title: `Phase complete: ${phase.title}`,
            group: 'Checklist',
            ...(missing ? { disabled: missing } : {}),
            run: complete,
          },
        ],
  );
  if (phase.completedAt)
    return (
      <span className={classes.completed}>
        <Icon name="check" size={12} /> complete, {instant(phase.completedAt)}
      </span>
    );
  return (
    <>
      {choose.isError ? (
        <span className={classes.fault} role="alert">
          {choose.error.message}
        </span>
      ) : (
        <span className={classes.missing}>{missing}</span>
      )}
      <Button
        variant="default"
        size="compact-xs"
        disabled={missing !== null || choose.isPending}
        aria-label={`Phase complete: ${visibleText(phase.title)}`}
        onClick={complete}
      >
        Phase complete
      </Button>
    </>
  );
};

export const CheckPhase = ({ phase }: { phase: PhaseLines }) => {
  const { investigation, search } = useInvestigationPage();
  const navigate = useNavigate();
  const toggle = (item: string) =>
    void navigate({
      ...stepAddress('checklist', investigation.id, null, {
        ...search,
        item: search.item === item ? undefined : item,
      }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Panel title={visibleText(phase.title)} flush actions={<Completion phase={phase} />}>
      <ul className={classes.items}>
        {phase.lines.map((line) => (
          <CheckItem
            key={line.item.id}
            line={line}
            opened={search.item === line.item.id}
            onToggle={() => toggle(line.item.id)}
          />
        ))}
      </ul>
    </Panel>
  );
};
