/** An SQL identifier that means exactly this name, whatever it contains. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** An SQL text literal that means exactly this text. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A double as SQL reads it back bit for bit; a plain literal with a point would be a decimal. */
export const doubleLiteral = (value: number): string => `'${value}'::DOUBLE`;
