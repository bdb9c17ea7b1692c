import { startTransition, useEffect, useState } from 'react';

const LONGEST_MS = 200;

/**
 * How many parts of a long page are drawn: the first at once, one more after each picture up to `count`, so that what is read first is on
 * the screen before the rest is drawn. A page that is only come back to (`atOnce`) is whole from the beginning: it stands where it was left.
 */
export const useParts = (count: number, atOnce: boolean): number => {
  const [drawn, setDrawn] = useState(atOnce ? count : 1);
  useEffect(() => {
    if (drawn >= count) return undefined;
    // What a person does meanwhile goes first.
    const waiting = requestIdleCallback(() => startTransition(() => setDrawn(drawn + 1)), { timeout: LONGEST_MS });
    return () => cancelIdleCallback(waiting);
  }, [drawn, count]);
  return drawn;
};
