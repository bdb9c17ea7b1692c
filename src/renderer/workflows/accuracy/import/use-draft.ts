import { useCallback, useEffect, useState } from 'react';
import type { SourceDraft } from './source-draft.ts';

const keyOf = (path: string): string => `driftbench.draft:${path}`;

const kept = (path: string): SourceDraft | null => {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(path)) ?? 'null') as SourceDraft | null;
  } catch {
    return null;
  }
};

/** The draft of one source; a reload of the window keeps what was typed. */
export const useDraft = (path: string, guess: SourceDraft) => {
  const [draft, setDraft] = useState<SourceDraft>(() => kept(path) ?? guess);
  const changed = JSON.stringify(draft) !== JSON.stringify(guess);
  useEffect(() => {
    if (changed) sessionStorage.setItem(keyOf(path), JSON.stringify(draft));
    else sessionStorage.removeItem(keyOf(path));
  }, [path, draft, changed]);
  const reset = useCallback(() => setDraft(guess), [guess]);
  const forget = useCallback(() => sessionStorage.removeItem(keyOf(path)), [path]);
  return { draft, change: setDraft, reset, changed, forget };
};
