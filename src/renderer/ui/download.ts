/** Hands a file made in the window to the person. */
export const download = (name: string, content: BlobPart, type: string): void => {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

export const downloadCsv = (name: string, csv: string): void => download(name, csv, 'text/csv;charset=utf-8');

export const downloadJson = (name: string, value: unknown): void =>
  download(name, `${JSON.stringify(value, null, 2)}\n`, 'application/json');
