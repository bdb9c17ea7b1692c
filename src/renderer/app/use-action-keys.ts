import { useEffect } from 'react';
import { availableActions } from '../ui/actions.ts';
import { interpretKey, isBare } from '../ui/keystroke.ts';
import { usePreferences } from './preferences.ts';

const sequenceMs = 1200;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/** A field undoes what was typed into it before anything else is undone. */
const editing = /^mod\+(shift\+)?z$/;

/** One listener for every shortcut of the window. */
export const useActionKeys = (): void => {
  useEffect(() => {
    let previous: string | null = null;
    let forget: ReturnType<typeof setTimeout> | undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const { letterKeys } = usePreferences.getState();
      const dialog = document.querySelector('[role="dialog"]') !== null;
      const targets = availableActions().filter(
        ({ keys }) =>
          keys &&
          !(editing.test(keys) && isTyping(event.target)) &&
          (!isBare(keys) || (letterKeys && !isTyping(event.target) && !dialog)),
      );
      const outcome = interpretKey(event, previous, targets);
      clearTimeout(forget);
      previous = null;
      if (outcome.kind === 'pending') {
        previous = event.key.toLowerCase();
        forget = setTimeout(() => {
          previous = null;
        }, sequenceMs);
      } else if (outcome.kind === 'run') {
        event.preventDefault();
        if (outcome.target.disabled === undefined) outcome.target.run();
      }
    };
    window.addEventListener('keydown', listen);
    return () => {
      clearTimeout(forget);
      window.removeEventListener('keydown', listen);
    };
  }, []);
};
