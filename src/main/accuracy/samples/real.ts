/** A number as a DOUBLE literal: written plainly it would be a DECIMAL, whose arithmetic is far slower and overflows. */
export function real(value: number): string {
  const text = String(value);
  const literal = text.includes('e') ? text : `${text}e0`;
  return value < 0 ? `(${literal})` : literal;
}
