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
    let first: { key: string; at: number } | null = null;
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
      // By the time of the presses themselves: a busy window may hear of the second one late.
      const previous = first && event.timeStamp - first.at <= sequenceMs ? first.key : null;
      const outcome = interpretKey(event, previous, targets);
      first = null;
      if (outcome.kind === 'pending') {
        first = { key: event.key.toLowerCase(), at: event.timeStamp };
      } else if (outcome.kind === 'run') {
        event.preventDefault();
        if (outcome.target.disabled === undefined) outcome.target.run();
      }
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
};
