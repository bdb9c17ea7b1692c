/** Columns of plain text; a column of numbers stands to the right. */
export const textTable = (rows: string[][], indent = '  '): string[] => {
  const widths: number[] = [];
  const numeric: boolean[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, [...cell].length);
      numeric[index] ||= index > 0 && /^[+\u2212-]?\d[\d\u202f.]*(\u202f(%|pp))?$/.test(cell);
    }
  }
  const print = (cell: string, index: number): string => {
    const space = ' '.repeat((widths[index] ?? 0) - [...cell].length);
    return numeric[index] ? space + cell : cell + space;
  };
  return rows.map((row) => `${indent}${row.map(print).join('   ')}`.trimEnd());
};

/** Characters a terminal would obey are shown, not sent: a category value may be anything. */
export const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
