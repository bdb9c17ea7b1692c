/**
 * Text from somebody's data, made safe to look at: control characters become their pictures, bidirectional
 * overrides and invisible characters their code point, so that no value can hide, break or reorder a line.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const picture = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\u2039U+${code.toString(16).toUpperCase().padStart(4, '0')}\u203a`;
};

export const visibleText = (text: string): string => text.replace(hidden, picture);

/** A value of a column: the missing value and the empty text are told apart from texts that look like them. */
export const visibleValue = (value: string | null): string => {
  if (value === null) return '(missing)';
  if (value === '') return '(empty)';
  return visibleText(value.trim() === value ? value : `"${value}"`);
};
