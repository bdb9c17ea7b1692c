type Listener = (time: number | null, source: string) => void;

const groups = new Map<string, Set<Listener>>();

/**
 * Where the pointer stands on a shared axis, told to every chart of the group. The library's own linking goes by the
 * number of a point, which differs between days and weeks; an instant means the same to both.
 */
export const pointAt = (group: string, time: number | null, source: string): void => {
  for (const listener of groups.get(group) ?? []) listener(time, source);
};

export const onPoint = (group: string, listener: Listener): (() => void) => {
  const listeners = groups.get(group) ?? new Set<Listener>();
  groups.set(group, listeners);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) groups.delete(group);
  };
};
