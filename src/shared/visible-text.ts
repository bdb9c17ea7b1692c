/**
 * Text from somebody's data, made safe to look at: line breaks and tabs become `\\n` and `\\t`, other control,
 * bidirectional and invisible characters their code point, so that no value can hide, break or reorder a line.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const picture = (character: string): string =>
  escapes[character] ?? `\u2039U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u203a`;

export const visibleText = (text: string): string => text.replace(hidden, picture);

/** A value of a column: the missing value and the empty text are told apart from texts that look like them. */
export const visibleValue = (value: string | null): string => {
  if (value === null) return '(missing)';
  if (value === '') return '(empty)';
  return visibleText(value.trim() === value ? value : `"${value}"`);
};
