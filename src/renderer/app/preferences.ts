import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Preferences {
  /** Shortcuts of a single letter can be switched off: they get in the way of speech input. */
  letterKeys: boolean;
  setLetterKeys(on: boolean): void;
  keysOpen: boolean;
  setKeysOpen(open: boolean): void;
}

/** What the person chose for this window; the theme is kept by the component library. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      letterKeys: true,
      setLetterKeys: (letterKeys) => set({ letterKeys }),
      keysOpen: false,
      setKeysOpen: (keysOpen) => set({ keysOpen }),
    }),
    { name: 'driftbench.preferences', partialize: ({ letterKeys }) => ({ letterKeys }) },
  ),
);
