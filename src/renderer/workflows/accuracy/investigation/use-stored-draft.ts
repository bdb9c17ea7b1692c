import { useCallback, useEffect, useState } from 'react';

const kept = <T>(key: string): T | null => {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
};

/** What is typed and not yet recorded: a reload keeps it, recording it forgets it. */
export const useStoredDraft = <T>(name: string, initial: T) => {
  const key = `driftbench.draft:${name}`;
  const [draft, setDraft] = useState<T>(() => kept<T>(key) ?? initial);
  const changed = JSON.stringify(draft) !== JSON.stringify(initial);
  useEffect(() => {
    if (changed) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  }, [key, draft, changed]);
  const reset = useCallback(
    (next: T) => {
      sessionStorage.removeItem(key);
      setDraft(next);
    },
    [key],
  );
  return { draft, setDraft, changed, reset };
};
