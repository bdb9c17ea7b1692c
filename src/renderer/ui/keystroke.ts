/**
 * Shortcuts are written once, as text: `mod+k` (Ctrl, or Command on a Mac), `?`, `shift+enter`, or a
 * sequence of two presses, `g s`.
 */

const macintosh = /mac|iphone|ipad/i;

const isMac = (): boolean => typeof navigator !== 'undefined' && macintosh.test(navigator.platform);

const names: Record<string, string> = {
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  shift: 'Shift',
  alt: 'Alt',
  ' ': 'Space',
};

/** The caps to draw for a shortcut. */
export const keyLabels = (keys: string, mac = isMac()): string[] =>
  keys
    .split(' ')
    .flatMap((press) => press.split('+'))
    .map((key) => {
      const lower = key.toLowerCase();
      if (lower === 'mod') return mac ? '⌘' : 'Ctrl';
      return names[lower] ?? (key.length === 1 ? key.toUpperCase() : key);
    });

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const matchesPress = (event: KeyPress, press: string, mac: boolean): boolean => {
  const parts = press.toLowerCase().split('+');
  const key = parts[parts.length - 1] ?? '';
  const mod = parts.includes('mod');
  if (mod !== (mac ? event.metaKey : event.ctrlKey)) return false;
  if ((mac ? event.ctrlKey : event.metaKey) || parts.includes('alt') !== event.altKey) return false;
  // A sign such as "?" already implies shift on most keyboards, so shift only counts for named keys and letters.
  if (/^([a-z]|.{2,})$/.test(key) && parts.includes('shift') !== event.shiftKey) return false;
  return event.key.toLowerCase() === key;
};

/** True for shortcuts without a modifier: they must not fire while a person types, and can be switched off. */
export const isBare = (keys: string): boolean => !/(mod|alt)\+/.test(keys);

export type KeyOutcome<T> = { kind: 'run'; target: T } | { kind: 'pending' } | { kind: 'none' };

/**
 * What a press means given the press before it (or null): a command, the first half of a sequence, or nothing.
 */
export const interpretKey = <T extends { keys?: string }>(
  event: KeyPress,
  previous: string | null,
  targets: readonly T[],
  mac = isMac(),
): KeyOutcome<T> => {
  const withKeys = targets.filter((target) => target.keys);
  if (previous !== null) {
    const second = withKeys.find((target) => {
      const [first, next] = (target.keys ?? '').split(' ');
      return next !== undefined && first?.toLowerCase() === previous && matchesPress(event, next, mac);
    });
    if (second) return { kind: 'run', target: second };
  }
  const single = withKeys.find((target) => !target.keys?.includes(' ') && matchesPress(event, target.keys ?? '', mac));
  if (single) return { kind: 'run', target: single };
  const opens = withKeys.some((target) => {
    const [first, next] = (target.keys ?? '').split(' ');
    return next !== undefined && first !== undefined && matchesPress(event, first, mac);
  });
  return opens ? { kind: 'pending' } : { kind: 'none' };
};
