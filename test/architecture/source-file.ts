import { posix } from 'node:path';

export interface Import {
  /** As written: `./day.ts`, `zod`, `node:fs`. */
  specifier: string;
  typeOnly: boolean;
}

export interface SourceFile {
  path: string;
  text: string;
  /** The text without comments. */
  code: string;
  /** The same length as `code`, with blanks for what stands inside quotes: for rules about words. */
  bare: string;
  imports: Import[];
}

export function sourceFile(path: string, text: string): SourceFile {
  const { code, bare } = strip(text);
  return { path, text, code, bare, imports: importsOf(code, bare) };
}

/** The file an import points to, from the root of the repository; null for a package. Queries such as `?raw` are dropped. */
export function targetOf(file: SourceFile, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return posix.normalize(posix.join(posix.dirname(file.path), specifier.replace(/\?.*$/, '')));
}

/** `@scope/name/deep` -> `@scope/name`; `node:fs/promises` -> `node:fs`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

const clause = /(?<=^|[;}\s])(import|export)\s+(type\s+)?((?:[\w*$\s,]|\{[^}]*\})+?\s*from\s*)?(['"])([^'"\n]+)\4/g;
const call = /\b(?:import|require)\s*\(\s*(['"])([^'"\n]+)\1\s*\)/g;

function importsOf(code: string, bare: string): Import[] {
  const found: Import[] = [];
  // An import written inside a string (as in the tests of these rules) imports nothing.
  const real = (match: RegExpExecArray) => bare[match.index] !== ' ';
  for (const match of code.matchAll(clause)) {
    const [, keyword, type, names, , specifier] = match;
    if (!specifier || !real(match) || (keyword === 'export' && !names)) continue;
    found.push({ specifier, typeOnly: Boolean(type) || onlyTypesNamed(names) });
  }
  for (const match of code.matchAll(call))
    if (match[2] && real(match)) found.push({ specifier: match[2], typeOnly: false });
  return found;
}

/** `{ type A, type B } from` brings no value although the clause itself is not marked. */
function onlyTypesNamed(names: string | undefined): boolean {
  const list = names?.match(/^\s*\{([^}]*)\}\s*from\s*$/)?.[1];
  if (list === undefined) return false;
  const each = list.split(',').filter((name) => name.trim() !== '');
  return each.length > 0 && each.every((name) => /^\s*type\s/.test(name));
}

// After one of these a slash starts a regular expression; after anything else it divides (or closes a JSX tag).
const beforeRegex = /(?:^|[=(,:;!&|?{}[\n+\-*%~^]|\b(?:return|typeof|case|in|of|await|yield))\s*$/;

function strip(text: string): { code: string; bare: string } {
  let code = '';
  let bare = '';
  const keep = (piece: string, inside = piece) => {
    code += piece;
    bare += inside;
  };
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at, at + 2);
    const end = rest === '//' ? lineEnd(text, at) : rest === '/*' ? commentEnd(text, at) : -1;
    if (end >= 0) {
      keep(text.slice(at, end).replace(/[^\n]/g, ''));
      at = end;
      continue;
    }
    const quote = text[at] ?? '';
    const regex = quote === '/' && beforeRegex.test(bare.slice(-40));
    if (quote === "'" || quote === '"' || quote === '`' || regex) {
      const close = literalEnd(text, at, quote);
      // A template's expressions are code; blanking them with the rest only makes the rules a little less strict.
      const literal = text.slice(at, close);
      keep(literal, quote + literal.slice(1, -1).replace(/[^\n]/g, ' ') + literal.slice(1).slice(-1));
      at = close;
      continue;
    }
    keep(quote);
    at += 1;
  }
  return { code, bare };
}

const lineEnd = (text: string, from: number) => (text.indexOf('\n', from) < 0 ? text.length : text.indexOf('\n', from));
const commentEnd = (text: string, from: number) =>
  text.indexOf('*/', from + 2) < 0 ? text.length : text.indexOf('*/', from + 2) + 2;

function literalEnd(text: string, from: number, quote: string): number {
  let inClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (quote === '/' && character === '[') inClass = true;
    else if (quote === '/' && character === ']') inClass = false;
    else if (character === quote && !inClass) return at + 1;
    // An apostrophe in the text of a JSX element opens nothing.
    else if (character === '\n' && quote !== '`') return from + 1;
  }
  return text.length;
}
