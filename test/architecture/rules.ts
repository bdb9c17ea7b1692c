import { type LayerRules, layerOf } from './layer-table.ts';
import { packageOf, type SourceFile, targetOf } from './source-file.ts';

export interface Problem {
  file: string;
  /** The import or word at fault; what an entry of the debt list names. */
  what: string;
  rule: string;
}

type Rule = (files: SourceFile[], rules: LayerRules) => Problem[];

const inSrc = (file: SourceFile) => file.path.startsWith('src/');
const under = (path: string, ...folders: string[]) =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

/** Imports between folders and of packages, against the table. */
const layers: Rule = (files, rules) =>
  files.filter(inSrc).flatMap((file) => {
    const layer = layerOf(rules, file.path);
    if (!layer) return [{ file: file.path, what: file.path, rule: 'is in a folder without a row in the layer table' }];
    return file.imports.flatMap(({ specifier, typeOnly }) => {
      const target = targetOf(file, specifier);
      if (target === null) {
        const allowed = layer.packages.find(
          ({ name }) => name === packageOf(specifier) || (name === 'node:*' && specifier.startsWith('node:')),
        );
        if (!allowed)
          return [{ file: file.path, what: specifier, rule: `may not import the package (layer ${layer.folder})` }];
        return allowed.typesOnly && !typeOnly
          ? [{ file: file.path, what: specifier, rule: `may import only types of the package (layer ${layer.folder})` }]
          : [];
      }
      const other = layerOf(rules, target);
      return other && !layer.imports.includes(other.folder)
        ? [{ file: file.path, what: target, rule: `${layer.folder} may not import ${other.folder}` }]
        : [];
    });
  });

/** What no edit of the table may allow. */
const walls: Rule = (files) => {
  const forbidden: [string, (path: string) => boolean][] = [
    ['src/main/statistics', (path) => !under(path, 'src/shared', 'src/main/statistics')],
    ['src/main/accuracy', (path) => under(path, 'src/main/throughput')],
    ['src/main/throughput', (path) => under(path, 'src/main/accuracy')],
    ['src/renderer/workflows/accuracy', (path) => under(path, 'src/renderer/workflows/throughput')],
    ['src/renderer/workflows/throughput', (path) => under(path, 'src/renderer/workflows/accuracy')],
    ['src/shared', (path) => !under(path, 'src/shared')],
    ['src/renderer', (path) => !under(path, 'src/shared', 'src/renderer')],
  ];
  return files.flatMap((file) =>
    forbidden
      .filter(([folder]) => under(file.path, folder))
      .flatMap(([folder, bad]) =>
        file.imports
          .map(({ specifier }) => targetOf(file, specifier) ?? '')
          .filter((target) => target !== '' && bad(target))
          .map((target) => ({ file: file.path, what: target, rule: `${folder} never imports it` })),
      ),
  );
};

/** One problem for every group of files that import each other in a circle. */
const cycles: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const problems: Problem[] = [];
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) {
      const circle = [...trail.slice(trail.indexOf(path)), path];
      problems.push({ file: path, what: circle.join(' > '), rule: 'imports in a circle' });
      return;
    }
    const file = byPath.get(path);
    if (!file || done.has(path)) return;
    for (const { specifier } of file.imports) {
      const target = targetOf(file, specifier);
      if (target) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const file of files) visit(file.path, []);
  return problems;
};

const lines = (text: string) => text.replace(/\n$/, '').split('\n').length;
const size: Rule = (files) =>
  files.flatMap((file) => {
    const limit = under(file.path, 'src/preload') ? 60 : 400;
    const count = lines(file.text);
    return count > limit ? [{ file: file.path, what: `${count} lines`, rule: `is longer than ${limit} lines` }] : [];
  });

interface Word {
  pattern: RegExp;
  what: string;
  where: (path: string) => boolean;
  rule: string;
}

const seam = ['src/renderer/client', 'src/main/transport', 'src/main/desktop.ts', 'src/preload'];
const outsideSeam = (path: string) => under(path, 'src') && !under(path, ...seam);
/** A runner is a process of its own: the files directly in its folder are its platform, what lies below is not. */
const edge = (path: string) => under(path, 'src/main/platform') || /^src\/runner\/[^/]+$/.test(path);
const pure = (path: string) => under(path, 'src/main', 'src/shared', 'src/runner') && !edge(path);
const effect = 'is an effect: only main/platform and the files directly in runner may have it';

const words: Word[] = [
  { pattern: /\bipcMain\b/, what: 'ipcMain', where: outsideSeam, rule: 'is used outside the seam' },
  { pattern: /\bipcRenderer\b/, what: 'ipcRenderer', where: outsideSeam, rule: 'is used outside the seam' },
  {
    pattern: /(?:(?<![.\w$])|\b(?:window|globalThis|self)\.)fetch\s*\(/,
    what: 'fetch',
    where: outsideSeam,
    rule: 'is used outside the seam',
  },
  {
    pattern: /\bnew\s+(?:XMLHttpRequest|EventSource|WebSocket)\b/,
    what: 'a raw connection',
    where: outsideSeam,
    rule: 'is used outside the seam',
  },
  { pattern: /\bDate\.now\b/, what: 'Date.now', where: pure, rule: effect },
  { pattern: /\bnew\s+Date\s*(?:\(\s*\)|(?![\w\s(]))/, what: 'new Date()', where: pure, rule: effect },
  { pattern: /\bperformance\.now\b/, what: 'performance.now', where: pure, rule: effect },
  { pattern: /\bMath\.random\b/, what: 'Math.random', where: pure, rule: effect },
  { pattern: /\bcrypto\.(?:getRandomValues|randomUUID|subtle)\b/, what: 'crypto', where: pure, rule: effect },
  {
    pattern: /\bMath\.random\b/,
    what: 'Math.random',
    where: (path) => under(path, 'src/renderer'),
    rule: 'is not repeatable',
  },
];

const vocabulary: Rule = (files) =>
  files.flatMap((file) =>
    words
      .filter(({ pattern, where }) => where(file.path) && pattern.test(file.bare))
      .map(({ what, rule }) => ({ file: file.path, what, rule })),
  );

const effectModules = /^node:(?:fs|child_process|crypto|worker_threads|cluster|dgram|sqlite|net|tls)\b/;
const drivers = ['@duckdb/node-api', 'better-sqlite3'];

/** Files, processes, randomness and databases by module; the transport may listen on a socket, an entry only composes. */
const effects: Rule = (files) =>
  files
    .filter((file) => pure(file.path))
    .flatMap((file) =>
      file.imports
        .filter(
          ({ specifier, typeOnly }) =>
            !typeOnly && (effectModules.test(specifier) || drivers.includes(packageOf(specifier))),
        )
        .map(({ specifier }) => ({ file: file.path, what: specifier, rule: effect })),
    );

/** A page that is loaded on demand is the one kind of file that may have a default export. */
const lazyPage = /^src\/renderer\/.*-page\.tsx$/;
const defaults: Rule = (files) =>
  files
    .filter(
      (file) => inSrc(file) && !lazyPage.test(file.path) && /\bexport\s+default\b|\bas\s+default\b/.test(file.bare),
    )
    .map((file) => ({ file: file.path, what: 'export default', rule: 'has a default export' }));

const vague = /(?:^|-)(?:manager|helper|helpers|util|utils|info)(?:-|\.|$)/;
const names: Rule = (files) =>
  files.filter(inSrc).flatMap((file) => {
    const parts = file.path.split('/').slice(1);
    return parts
      .filter((part) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*$/.test(part) || vague.test(part))
      .map((part) => ({ file: file.path, what: part, rule: 'is not a kebab-case noun that says something' }));
  });

const all: Rule[] = [layers, walls, cycles, size, vocabulary, effects, defaults, names];

/** Every problem that the debt list does not name, and every entry of that list that is no longer needed. */
export function problemsOf(files: SourceFile[], rules: LayerRules): string[] {
  const found = all.flatMap((rule) => rule(files, rules));
  const owed = (problem: Problem) =>
    rules.debts.some(({ file, what }) => problem.file === file && problem.what === what);
  const paid = rules.debts.filter(
    ({ file, what }) => !found.some((problem) => problem.file === file && problem.what === what),
  );
  return [
    ...found.filter((problem) => !owed(problem)).map(({ file, what, rule }) => `${file}: ${what}: ${rule}`),
    ...paid.map(({ file, what }) => `docs/architecture.md: the debt is paid, remove its line: ${file}: ${what}`),
  ];
}
