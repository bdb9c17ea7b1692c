import { useEffect, useId } from 'react';
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

/** Offers commands while the calling component is on screen; give a memoised list. */
export const useActions = (actions: readonly Action[]): void => {
  const owner = useId();
  useEffect(() => {
    useRegister.getState().put(owner, actions);
    return () => useRegister.getState().remove(owner);
  }, [owner, actions]);
};

/** Every command that can be run on the screen as it is. */
export const useAvailableActions = (): Action[] => Object.values(useRegister((state) => state.byOwner)).flat();

export const availableActions = (): Action[] => Object.values(useRegister.getState().byOwner).flat();
