import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type Action, useActions } from '../../../ui/actions.ts';
import type { InvestigationPageState } from './investigation-context.ts';
import { carried } from './investigation-search.ts';
import { redoTarget } from './redo-target.ts';
import { stepAddress } from './step-address.ts';
import { neighbour, numberOf, type StepId, steps } from './steps.ts';
import { useHistory, useUndo } from './use-investigation.ts';

const group = 'Investigation';

/** Steps, history, undo and redo: on every page of an investigation, by key and in the palette. */
export const useStepActions = ({ investigation, place, step, search }: InvestigationPageState): void => {
  const navigate = useNavigate();
  const undo = useUndo(investigation.id);
  const history = useHistory(investigation.id);
  const redo = redoTarget(history.data ?? []);
  const { undoable } = investigation;
  const { mutate } = undo;
  const actions = useMemo((): Action[] => {
    const go = (to: StepId) => void navigate(stepAddress(to, investigation.id, place, carried(search)));
    const next = neighbour(step, 1);
    const previous = neighbour(step, -1);
    return [
      {
        id: 'step-next',
        title: next ? `Next step: ${next.name}` : 'Next step',
        group,
        keys: 'n',
        ...(next ? {} : { disabled: 'this is the last step' }),
        run: () => next && go(next.id),
      },
      {
        id: 'step-previous',
        title: previous ? `Previous step: ${previous.name}` : 'Previous step',
        group,
        keys: 'p',
        ...(previous ? {} : { disabled: 'this is the first step of the investigation' }),
        run: () => previous && go(previous.id),
      },
      {
        id: 'step-1',
        title: 'Step 1: Import',
        description: 'the dataset this rests on',
        group,
        keys: '1',
        run: () => void navigate({ to: '/accuracy/d/$dataset', params: { dataset: investigation.dataset.id } }),
      },
      ...steps.map(({ id, name, question }) => ({
        id: `step-${numberOf(id)}`,
        title: `Step ${numberOf(id)}: ${name}`,
        description: question,
        group,
        keys: String(numberOf(id)),
        run: () => go(id),
      })),
      {
        id: 'history',
        title: 'History of this investigation',
        group,
        keys: 'h',
        run: () =>
          void navigate({
            ...stepAddress(step, investigation.id, null, { ...search, history: search.history ? undefined : true }),
            resetScroll: false,
          }),
      },
      {
        id: 'undo',
        title: 'Undo',
        group,
        keys: 'mod+z',
        ...(undoable ? { description: undoable.text } : { disabled: 'nothing to undo' }),
        run: () => undoable && mutate(undoable.seq),
      },
      {
        id: 'redo',
        title: 'Redo',
        group,
        keys: 'mod+shift+z',
        ...(redo ? { description: redo.text } : { disabled: 'nothing to redo' }),
        run: () => redo && mutate(redo.seq),
      },
    ];
  }, [navigate, investigation, place, step, search, undoable, redo, mutate]);
  useActions(actions);
};
