/** The JSON in what a tool printed, warnings before and after it left out; null when there is none or it was cut off. */
export const embeddedJson = (text: string): unknown => {
  const starts = [...text.matchAll(/^[ \t]*[[{]/gm)].slice(0, 50).map((match) => match.index);
  for (const start of starts) {
    const rest = text.slice(start).trimEnd();
    const end = Math.max(rest.lastIndexOf('}'), rest.lastIndexOf(']')) + 1;
    try {
      return JSON.parse(rest.slice(0, end));
    } catch {
      // A banner such as "[WARNING] …" opens like an array.
    }
  }
  return null;
};

export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What lies at a path of keys (`power/socket_power`); undefined when it is not there. */
export const at = (fields: unknown, path: string): unknown => {
  let value: unknown = fields;
  for (const key of path.split('/')) value = isFields(value) ? value[key] : undefined;
  return value;
};
