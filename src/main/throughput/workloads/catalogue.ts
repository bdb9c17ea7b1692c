import { UserFault } from '../../../shared/errors.ts';
import type { RunRequest, Workload } from '../../../shared/model/workload.ts';
import { kindOf } from '../../platform/files.ts';
import type { WorkloadChoice, WorkloadSource } from './source.ts';

export interface FoundWorkload {
  workload: Workload;
  source: WorkloadSource;
}

export interface Catalogue {
  /** Everything that can be run here, and what cannot with the reason. */
  list(signal: AbortSignal): Promise<Workload[]>;
  /** The workload that a request names, or one sentence that says what there is. */
  find(request: RunRequest, signal: AbortSignal): Promise<FoundWorkload>;
}

/** As long as a run lasts where nobody says. */
const usual: WorkloadChoice = { durationMs: 30_000, seed: 1 };

const choiceOf = ({ precision, batch, durationMs, seed, device, shapes }: RunRequest): WorkloadChoice => ({
  durationMs,
  seed,
  ...(precision === undefined ? {} : { precision }),
  ...(batch === undefined ? {} : { batch }),
  ...(device === undefined ? {} : { device }),
  ...(shapes === undefined ? {} : { shapes }),
});

const looksLikeFile = (name: string): boolean => /[\\/]|\.onnx$/i.test(name);

/** Ids that begin alike, or all of them where none does. */
const near = (name: string, ids: readonly string[]): string => {
  const alike = ids.filter((id) => id.startsWith(name.slice(0, 3)));
  return (alike.length > 0 ? alike : ids).slice(0, 12).join(', ');
};

export const createCatalogue = (sources: readonly WorkloadSource[]): Catalogue => {
  const chosenSources = (runner: RunRequest['runner']) =>
    runner === undefined ? sources : sources.filter((source) => source.runner === runner);

  const fromFile = async (path: string, request: RunRequest, signal: AbortSignal): Promise<FoundWorkload> => {
    const kind = await kindOf(path);
    if (kind !== 'file') throw new UserFault(`model file not found: ${path}`);
    const source = chosenSources(request.runner).find((each) => each.fromFile);
    if (!source?.fromFile) throw new UserFault(`no runner here reads a model file, choose a workload: ${path}`);
    return { source, workload: await source.fromFile(path, choiceOf(request), signal) };
  };

  const named = async (name: string, request: RunRequest, signal: AbortSignal): Promise<FoundWorkload> => {
    const offered: string[] = [];
    for (const source of chosenSources(request.runner)) {
      const workloads = await source.list(choiceOf(request), signal);
      const workload = workloads.find(({ id }) => id === name);
      if (workload) return { workload, source };
      offered.push(...workloads.map(({ id }) => id));
    }
    if (offered.length === 0) {
      throw new UserFault(`no workload of this runner here, give a command after --: ${name}`);
    }
    throw new UserFault(`unknown workload, choose one of ${near(name, offered)}: ${name}`);
  };

  return {
    list: async (signal) => (await Promise.all(sources.map((source) => source.list(usual, signal)))).flat(),
    find: async (request, signal) => {
      const name = request.workload;
      if (name === undefined) {
        throw new UserFault('nothing to run, name a workload of `throughput workloads` or give a command after --');
      }
      const found = looksLikeFile(name) ? await fromFile(name, request, signal) : await named(name, request, signal);
      const { workload } = found;
      if (workload.unavailable !== undefined) {
        throw new UserFault(`workload cannot be run here (${workload.unavailable}): ${workload.id}`);
      }
      return found;
    },
  };
};
