import { useId, useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';

/** One object drives the button, the key and the palette entry of a command. */
export interface Action {
  id: string;
  title: string;
  group: string;
  /** As in `keystroke.ts`. */
  keys?: string;
  description?: string;
  /** Why it can't be run now; shown instead of running. */
  disabled?: string;
  run(): void;
}

interface ActionRegister {
  byOwner: Record<string, readonly Action[]>;
  put(owner: string, actions: readonly Action[]): void;
  remove(owner: string): void;
}

const useRegister = create<ActionRegister>((set) => ({
  byOwner: {},
  put: (owner, actions) => set((state) => ({ byOwner: { ...state.byOwner, [owner]: actions } })),
  remove: (owner) =>
    set((state) => {
      const { [owner]: _gone, ...rest } = state.byOwner;
      return { byOwner: rest };
    }),
}));

/** Offers commands while the calling component is on screen. What runs is always the latest render's command. */
export const useActions = (actions: readonly Action[]): void => {
  const owner = useId();
  const latest = useRef(actions);
  // Before the paint: a key answers as soon as what it acts on can be seen.
  useLayoutEffect(() => {
    latest.current = actions;
  });
  // As text a list is equal when its words are: a new function alone must not redraw the palette.
  const words = JSON.stringify(actions);
  useLayoutEffect(() => {
    const described = JSON.parse(words) as Omit<Action, 'run'>[];
    const run = (id: string) => latest.current.find((action) => action.id === id)?.run();
    useRegister.getState().put(
      owner,
      described.map((action) => ({ ...action, run: () => run(action.id) })),
    );
    return () => useRegister.getState().remove(owner);
  }, [owner, words]);
};

/** What belongs to the page comes before what is there on every page. */
const everywhere = ['Go to', 'Window'];

/** Every command that can be run on the screen as it is. */
export const useAvailableActions = (): Action[] =>
  Object.values(useRegister((state) => state.byOwner))
    .flat()
    .sort((a, b) => everywhere.indexOf(a.group) - everywhere.indexOf(b.group));

export const availableActions = (): Action[] => Object.values(useRegister.getState().byOwner).flat();
