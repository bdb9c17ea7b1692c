export interface SharedCopies<Of, Copy> {
  /** The copy, made now unless there is one; whoever takes it gives it back once. */
  take(of: Of): Promise<{ copy: Copy; release(): Promise<void> }>;
}

/**
 * Copies of parts of something, named by what makes them: all who want the same part at a time share one, and the last one wanted
 * is kept for the next question.
 */
export const createSharedCopies = <Of, Copy>(
  make: (of: Of) => Promise<Copy>,
  drop: (copy: Copy) => Promise<void>,
): SharedCopies<Of, Copy> => {
  const held = new Map<string, { copy: Promise<Copy>; users: number }>();
  let last: string | null = null;

  const tidy = async (): Promise<void> => {
    for (const [key, { copy, users }] of held) {
      if (users > 0 || key === last) continue;
      held.delete(key);
      await drop(await copy);
    }
  };

  return {
    take: async (of) => {
      const key = JSON.stringify(of);
      const one = held.get(key) ?? { copy: make(of), users: 0 };
      one.users += 1;
      held.set(key, one);
      last = key;
      try {
        const copy = await one.copy;
        await tidy();
        let given = false;
        return {
          copy,
          release: async () => {
            if (given) return;
            given = true;
            one.users -= 1;
            await tidy();
          },
        };
      } catch (error) {
        if (held.get(key) === one) held.delete(key);
        throw error;
      }
    },
  };
};
