import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLayerRules } from './architecture/layer-table.ts';
import { problemsOf } from './architecture/rules.ts';
import { sourceFile } from './architecture/source-file.ts';

const root = join(import.meta.dirname, '..');
const document = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

function tree(): ReturnType<typeof sourceFile>[] {
  return ['src', 'test', 'scripts', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => sourceFile(path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8'))),
  );
}

describe('the tree', () => {
  it('has a layer table to be held against', () => {
    expect(readLayerRules(document).layers.length).toBeGreaterThan(12);
  });

  it('obeys docs/architecture.md', () => {
    expect(problemsOf(tree(), readLayerRules(document))).toEqual([]);
  });
});

describe('style sheets', () => {
  /** Names that a component takes from a style sheet in which no rule has them: the browser is told "undefined". */
  const missing = ({ path, text }: { path: string; text: string }, sheet: (path: string) => string): string[] =>
    [...text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)].flatMap(([, name = '', from = '']) => {
      const rules = sheet(join(dirname(path), from));
      const used = [...text.matchAll(new RegExp(`(?<![-./\\w])${name}\\.(\\w+)`, 'g'))].map(([, one]) => one as string);
      return [...new Set(used)]
        .filter((one) => !new RegExp(`\\.${one}\\b`).test(rules))
        .map((one) => `${path}: ${name}.${one}`);
    });

  it('have every class that components take from them', () => {
    const components = readdirSync(join(root, 'src/renderer'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.tsx'))
      .map((path) => join(root, 'src/renderer', path));
    expect(components.length).toBeGreaterThan(100);
    expect(
      components.flatMap((path) =>
        missing({ path, text: readFileSync(path, 'utf8') }, (sheet) => readFileSync(sheet, 'utf8')),
      ),
    ).toEqual([]);
  });

  it('are missed when they lack one', () => {
    const text =
      "import looks from './a.module.css';\nconst a = <p className={looks.bold} title={one.looks.size}>{looks.faint}</p>;";
    expect(missing({ path: 'a.tsx', text }, () => '.bold { color: red }')).toEqual(['a.tsx: looks.faint']);
  });
});

const table = `
## Layers

| folder | may import | packages |
|---|---|---|
| \`shared\` | \`shared\` | \`zod\` \`echarts\` (types) |
| \`main/statistics\` | \`shared\` \`main/statistics\` | |
| \`main/platform\` | \`shared\` \`main/platform\` | \`node:*\` |
| \`main/accuracy\` | \`shared\` \`main/accuracy\` \`main/platform\` \`main/throughput\` | \`node:path\` |
| \`main/throughput\` | \`shared\` \`main/throughput\` | |
| \`main/*\` | \`shared\` \`main/accuracy\` \`main/throughput\` | |
| \`preload\` | \`shared\` | \`electron\` |
| \`renderer/client\` | \`shared\` | |
| \`renderer/ui\` | \`shared\` \`renderer/ui\` | |

## Debt
`;

const problems = (files: Record<string, string>, debt = '') =>
  problemsOf(
    Object.entries(files).map(([path, text]) => sourceFile(path, text)),
    readLayerRules(table + debt),
  );

describe('the checker finds', () => {
  it('nothing in a good tree', () => {
    const good = {
      'src/shared/day.ts':
        "import { z } from 'zod';\nimport type { Option } from 'echarts';\nexport const day = z.string();",
      'src/main/statistics/mean.ts': "import { day } from '../../shared/day.ts';\nexport const mean = 1;",
      'src/main/platform/clock.ts': "import { readFileSync } from 'node:fs';\nexport const now = () => Date.now();",
      'src/main/cli.ts': "// import { x } from './statistics/mean.ts'\nconst text = 'Math.random()';",
      'src/preload/index.ts': "import { ipcRenderer } from 'electron';",
      'src/renderer/client/call.ts': "export const call = () => fetch('/rpc');",
      'src/renderer/ui/stamp.ts': 'export const stamp = (at: number) => new Date(at);\nquery.fetch();',
      'src/renderer/ui/late-page.tsx': 'export default function Late() { return null; }',
    };
    expect(problems(good)).toEqual([]);
  });

  const a = 'export const a = 1;';
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'an import the table does not allow',
      { 'src/shared/a.ts': "import { b } from '../main/platform/b.ts';", 'src/main/platform/b.ts': a },
      /shared may not import main\/platform/,
    ],
    [
      'one hidden in a re-export',
      { 'src/shared/a.ts': "export * from '../main/platform/b.ts';", 'src/main/platform/b.ts': a },
      /shared may not import main\/platform/,
    ],
    [
      'one hidden in a dynamic import',
      { 'src/shared/a.ts': "const b = await import('../main/platform/b.ts');", 'src/main/platform/b.ts': a },
      /shared may not import main\/platform/,
    ],
    [
      'one over several lines',
      { 'src/shared/a.ts': "import {\n  b,\n  c,\n} from '../main/platform/b.ts';", 'src/main/platform/b.ts': a },
      /shared may not import main\/platform/,
    ],
    [
      'a package the table does not allow',
      { 'src/shared/a.ts': "import { dirname, join } from 'node:path';" },
      /node:path: may not import the package/,
    ],
    ['a value of a package allowed for types', { 'src/shared/a.ts': "import { init } from 'echarts';" }, /only types/],
    [
      'statistics reaching for the platform',
      { 'src/main/statistics/a.ts': "import { b } from '../platform/b.ts';", 'src/main/platform/b.ts': a },
      /src\/main\/statistics never imports it/,
    ],
    [
      'the axes importing each other, whatever the table says',
      { 'src/main/accuracy/a.ts': "import { b } from '../throughput/b.ts';", 'src/main/throughput/b.ts': a },
      /src\/main\/accuracy never imports it/,
    ],
    [
      'a circle',
      { 'src/shared/a.ts': "import { b } from './b.ts';", 'src/shared/b.ts': "import { a } from './a.ts';" },
      /in a circle/,
    ],
    ['a file of 401 lines', { 'src/shared/a.ts': 'x;\n'.repeat(401) }, /longer than 400/],
    ['a preload of 61 lines', { 'src/preload/index.ts': 'x;\n'.repeat(61) }, /longer than 60/],
    ['raw ipc', { 'src/main/accuracy/a.ts': 'ipcMain.handle();' }, /ipcMain/],
    ['raw fetch', { 'src/renderer/ui/a.ts': "await fetch('/x');" }, /fetch/],
    ['fetch through the window', { 'src/renderer/ui/a.ts': "window.fetch('/x');" }, /fetch/],
    ['the clock', { 'src/main/accuracy/a.ts': 'const now = Date.now();' }, /Date\.now/],
    ['the clock through a constructor', { 'src/main/accuracy/a.ts': 'const now = new Date();' }, /new Date\(\)/],
    ['chance', { 'src/main/accuracy/a.ts': 'const p = Math.random();' }, /Math\.random/],
    ['files', { 'src/main/cli.ts': "import { readFileSync } from 'node:fs';" }, /node:fs: is an effect/],
    ['a default export', { 'src/shared/a.ts': 'export default 1;' }, /default export/],
    ['a vague name', { 'src/shared/date-utils.ts': a }, /kebab-case/],
    ['a file in no layer', { 'src/main/extra/a.ts': a }, /without a row/],
  ])('%s', (_, files, expected) => {
    expect(problems(files).join('\n')).toMatch(expected);
  });

  it('nothing where a debt is written down, and a debt that is paid', () => {
    const files = { 'src/main/accuracy/a.ts': 'const now = Date.now();' };
    expect(problems(files, '\n- `src/main/accuracy/a.ts`: `Date.now`, until the clock is handed in\n')).toEqual([]);
    expect(problems({}, '\n- `src/main/accuracy/a.ts`: `Date.now`, until the clock is handed in\n')).toEqual([
      'docs/architecture.md: the debt is paid, remove its line: src/main/accuracy/a.ts: Date.now',
    ]);
  });
});
