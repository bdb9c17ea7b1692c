import { startTransition, useEffect, useState } from 'react';

/**
 * False for the first picture, true from then on: what is read first is on the screen before the rest of a long page is drawn. A page
 * that is only come back to (`atOnce`) is whole from the beginning, so that it stands where it was left.
 */
export const useAfterPicture = (atOnce: boolean): boolean => {
  const [after, setAfter] = useState(atOnce);
  useEffect(() => {
    if (after) return undefined;
    const timer = setTimeout(() => startTransition(() => setAfter(true)), 0);
    return () => clearTimeout(timer);
  }, [after]);
  return after;
};
