import type { FingerprintValue, RunSession } from '../../../shared/model/throughput-run.ts';
import type { RunRequest } from '../../../shared/model/workload.ts';
import type { Environment } from '../../platform/environment.ts';
import { fingerprintVariables } from '../fingerprint/collect.ts';

type Side = RunSession['side'];

/** What a program needs to start and to find its libraries. */
const usual = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'USERPROFILE',
  'PROGRAMDATA',
  'XDG_RUNTIME_DIR',
  'XDG_CACHE_HOME',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'DYLD_LIBRARY_PATH',
];

/**
 * Sides in the order in which they run: ABBA, so that a slide of the machine falls on both. One side alone is A after A.
 */
export const orderOf = ({ repeat, against }: Pick<RunRequest, 'repeat' | 'against'>): Side[] => {
  const pairs = Array.from({ length: repeat }, (_, index): Side[] => (index % 2 === 0 ? ['A', 'B'] : ['B', 'A']));
  return against === undefined ? Array.from({ length: repeat }, (): Side => 'A') : pairs.flat();
};

export interface RunSide {
  env: Record<string, string>;
  /** What of the environment makes the sides differ. */
  fields: Record<string, FingerprintValue>;
  label: string | undefined;
}

/** The environment of one side: the usual variables, those that the fingerprint knows, and those that were named. */
export const sideOf = (
  side: Side,
  request: Pick<RunRequest, 'against' | 'label' | 'againstLabel'>,
  named: readonly string[],
  environment: Environment,
): RunSide => {
  const { against = {}, label, againstLabel } = request;
  const names = new Set([...usual, ...fingerprintVariables, ...named, ...Object.keys(against)]);
  const env: Record<string, string> = {};
  for (const name of names) {
    const value = side === 'B' && name in against ? against[name] : environment[name];
    if (value !== undefined) env[name] = value;
  }
  const differing = Object.keys(against).sort();
  const fields = Object.fromEntries(
    differing.map((name): [string, FingerprintValue] => [`env.${name}`, env[name] ?? 'not set']),
  );
  const words = differing.map((name) => (name in env ? `${name}=${env[name]}` : `${name} not set`)).join(' ');
  if (differing.length === 0) return { env, fields, label };
  const own = side === 'A' ? (label ?? words) : (againstLabel ?? (label === undefined ? words : `${label}, ${words}`));
  return { env, fields, label: own.slice(0, 200) };
};
