import { UserFault } from '../../../shared/errors.ts';
import { type Json, JsonProblem, type JsonText, parseForeignJson } from './foreign-json.ts';

export interface ResultFile {
  /** As the user knows it: the last part of the path. */
  name: string;
  text: string;
  /** The parsed text, or null when it is not one JSON document; parsed once, duplicates and all. */
  json: JsonText | null;
  /** Why `json` is null although the text begins like JSON. */
  jsonProblem: string | null;
  /** The first line as JSON, for line formats. */
  firstLine: Json | undefined;
}

/** A refusal in one sentence: what is wrong and what to do, the file last. */
export const refusal = (file: { name: string }, sentence: string, details: Record<string, unknown> = {}): UserFault =>
  new UserFault(`${sentence}: ${file.name}`, { file: file.name, ...details });

const attempt = (text: string): JsonText | JsonProblem => {
  try {
    return parseForeignJson(text);
  } catch (error) {
    if (error instanceof JsonProblem) return error;
    throw error;
  }
};

const parsedValue = (parsed: JsonText | JsonProblem): Json | undefined =>
  parsed instanceof JsonProblem ? undefined : parsed.value;

export const resultFile = (text: string, fileName: string): ResultFile => {
  const name = fileName.split(/[\\/]/).at(-1) || 'file';
  const looksLikeJson = /^\uFEFF?\s*[[{]/.test(text);
  const json = looksLikeJson ? attempt(text) : null;
  const [firstLine = ''] = text.trimStart().split('\n', 1);
  return {
    name,
    text,
    json: json instanceof JsonProblem ? null : json,
    jsonProblem: json instanceof JsonProblem ? json.message : null,
    firstLine: firstLine.startsWith('{') ? parsedValue(attempt(firstLine)) : undefined,
  };
};

const withoutDuplicates = (file: ResultFile, parsed: JsonText, where = ''): Json => {
  const [duplicate] = parsed.duplicates;
  if (duplicate !== undefined) {
    throw refusal(file, `key occurs twice${where}, so its value is ambiguous (${duplicate}), export the file again`);
  }
  return parsed.value;
};

/** The file as one JSON document without ambiguous keys. */
export const documentOf = (file: ResultFile): Json => {
  if (file.json) return withoutDuplicates(file, file.json);
  throw refusal(file, `${file.jsonProblem ?? 'not a JSON document'}, export the file again`);
};

/** The file as JSON lines; blank lines are skipped, a broken one refuses the file. */
export const linesOf = (file: ResultFile): { value: Json; line: number }[] =>
  file.text.split('\n').flatMap((text, index) => {
    if (text.trim() === '') return [];
    const parsed = attempt(text);
    if (parsed instanceof JsonProblem) {
      throw refusal(file, `line ${index + 1} is not a JSON object or is cut off, export the file again`);
    }
    return [{ value: withoutDuplicates(file, parsed, ` in line ${index + 1}`), line: index + 1 }];
  });
