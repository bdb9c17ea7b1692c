import { startTransition, useEffect, useState } from 'react';

const LONGEST_MS = 200;

/** Runs once what a person does has been answered; some browsers can't say when that is. */
const whenIdle = (run: () => void): (() => void) => {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(run, 0);
    return () => clearTimeout(timer);
  }
  const waiting = requestIdleCallback(run, { timeout: LONGEST_MS });
  return () => cancelIdleCallback(waiting);
};

/**
 * How many parts of a long page are drawn: the first at once, one more after each picture up to `count`, so that what is read first is on
 * the screen before the rest is drawn. A page that is only come back to (`atOnce`) is whole from the beginning: it stands where it was left.
 */
export const useParts = (count: number, atOnce: boolean): number => {
  const [drawn, setDrawn] = useState(atOnce ? count : 1);
  useEffect(
    () => (drawn < count ? whenIdle(() => startTransition(() => setDrawn(drawn + 1))) : undefined),
    [drawn, count],
  );
  return drawn;
};
