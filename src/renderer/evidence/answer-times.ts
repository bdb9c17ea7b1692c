const times = new WeakMap<object, number>();

/** Remembers how long a document was waited for; of what came from the record or the cache nothing is known. */
export const noteAnswer = <T>(document: T, ms: number): T => {
  if (typeof document === 'object' && document !== null) times.set(document, ms);
  return document;
};

/** Milliseconds from asking to the whole document; null where it was not computed for this window. */
export const answerTime = (document: object): number | null => times.get(document) ?? null;
