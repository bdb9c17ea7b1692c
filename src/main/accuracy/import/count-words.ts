/**
 * `1 label has`, `3 labels have`: every word that depends on the count is given in both forms, `one|many`.
 * Names go in as `{}`, since they may hold anything.
 */
export function countWords(count: number, template: string, ...names: (string | undefined)[]): string {
  const words = template.replace(/([^\s|]+)\|([^\s|,]+)/g, (_, one: string, many: string) =>
    count === 1 ? one : many,
  );
  const left = [...names];
  return `${count} ${words.replace(/\{\}/g, () => left.shift() ?? '')}`;
}
