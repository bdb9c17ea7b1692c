export interface Layer {
  /** Below `src`: `main/platform`, or `main/*` for the files directly in it. The longest name that fits a file is its layer. */
  folder: string;
  imports: string[];
  packages: { name: string; typesOnly: boolean }[];
}

export interface Debt {
  file: string;
  /** The import or word that is tolerated there. */
  what: string;
}

export interface LayerRules {
  layers: Layer[];
  debts: Debt[];
}

const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`(\s*\(types\))?/g)];

/**
 * Reads the allow-list out of docs/architecture.md: the table below `## Layers` (folder, folders it may import, packages
 * it may import) and the list below `## Debt` (- `file`: `what is tolerated`, why).
 */
export function readLayerRules(markdown: string): LayerRules {
  const layers = section(markdown, 'Layers')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line): Layer => {
      const [folder = '', imports = '', packages = ''] = cells(line);
      return {
        folder: quoted(folder)[0]?.[1] ?? '',
        imports: quoted(imports).map((match) => match[1] ?? ''),
        packages: quoted(packages).map((match) => ({ name: match[1] ?? '', typesOnly: Boolean(match[2]) })),
      };
    });
  const debts = [...section(markdown, 'Debt').matchAll(/^- `([^`]+)`: `([^`]+)`/gm)].map(
    ([, file = '', what = '']): Debt => ({ file, what }),
  );
  return { layers, debts };
}

function section(markdown: string, title: string): string {
  const from = markdown.indexOf(`\n## ${title}\n`);
  if (from < 0) return '';
  const to = markdown.indexOf('\n## ', from + 1);
  return markdown.slice(from, to < 0 ? undefined : to);
}

/** The layer of a file below `src`, or null when no row of the table covers it. */
export function layerOf(rules: LayerRules, path: string): Layer | null {
  const inside = path.replace(/^src\//, '');
  const parent = inside.slice(0, inside.lastIndexOf('/'));
  const fits = rules.layers.filter(({ folder }) =>
    folder.endsWith('/*') ? folder === `${parent}/*` : inside.startsWith(`${folder}/`),
  );
  return fits.sort((a, b) => b.folder.length - a.folder.length)[0] ?? null;
}
