import { join } from 'node:path';
import { UserFault } from '../../shared/errors.ts';
import type { Checklist } from '../../shared/model/checklist.ts';
import type { KnownObservations } from '../../shared/model/evidence.ts';
import { isCode, listNames, readText } from '../platform/files.ts';
import { joined, joinedText, readChecklist, requireSound } from './checklist-text.ts';

/** The checklist an investigation begins with, and the bytes it was read from. */
export interface ChosenChecklist {
  checklist: Checklist;
  text: string;
  /** `built-in`, or the files of the workspace that replace it or follow it. */
  origin: string;
}

interface ChecklistFolders {
  builtIn: string;
  /** Checklists of the user's own. */
  workspace: string;
}

interface Source {
  /** As a person knows it: `checklists/ours.yaml`. */
  file: string;
  text: string;
  checklist: Checklist;
}

const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return (await listNames(folder)).filter((name) => /\.ya?ml$/i.test(name) && !name.startsWith('.')).sort();
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
};

const textOf = async (path: string, file: string): Promise<string> => {
  try {
    return await readText(path);
  } catch (error) {
    if (isCode(error, 'EISDIR')) throw new UserFault(`${file}: expected a file, found a folder`);
    if (isCode(error, 'EACCES', 'EPERM')) throw new UserFault(`${file}: not readable, change its permissions`);
    throw error;
  }
};

const sourceOf = async (folder: string, name: string): Promise<Source> => {
  const file = `checklists/${name}`;
  const text = await textOf(join(folder, name), file);
  return { file, text, checklist: readChecklist(text, file) };
};

/**
 * The checklist of an axis: a file of the workspace with the id of the built-in one takes its place, every other file of
 * that axis follows it with phases of its own, in the order of the file names.
 */
export const chooseChecklist = async (
  axis: Checklist['axis'],
  folders: ChecklistFolders,
  providers: KnownObservations,
): Promise<ChosenChecklist> => {
  const builtIn = await sourceOf(folders.builtIn, `${axis}.yaml`);
  const own: Source[] = [];
  for (const name of await namesIn(folders.workspace)) own.push(await sourceOf(folders.workspace, name));
  const ofAxis = own.filter(({ checklist }) => checklist.axis === axis);
  for (const { file, checklist } of ofAxis) {
    const first = ofAxis.find((source) => source.checklist.id === checklist.id);
    if (first?.file !== file) {
      throw new UserFault(`${file}: field id: already used by ${first?.file}, choose another: ${checklist.id}`);
    }
  }
  const base = ofAxis.find(({ checklist }) => checklist.id === builtIn.checklist.id) ?? builtIn;
  requireSound(base.checklist, base.file, providers);
  const further = ofAxis.filter((source) => source !== base);
  let whole = base.checklist;
  for (const { file, checklist } of further) {
    requireOwnIds(file, checklist, whole);
    const symptoms = [...whole.symptoms.filter(({ id }) => !checklist.symptoms.some((own) => own.id === id))];
    requireSound({ ...checklist, symptoms: [...symptoms, ...checklist.symptoms] }, file, providers);
    whole = joined([whole, checklist]);
  }
  const sources = [base, ...further];
  return {
    checklist: whole,
    text: joinedText(sources.map(({ text }) => text)),
    origin: sources.map((source) => (source === builtIn ? 'built-in' : source.file)).join(' + '),
  };
};

const requireOwnIds = (file: string, own: Checklist, before: Checklist): void => {
  for (const [list, noun] of [
    ['phases', 'phase'],
    ['items', 'item'],
  ] as const) {
    const taken = own[list].find(({ id }) => before[list].some((known) => known.id === id));
    if (taken) {
      throw new UserFault(
        `${file}: ${noun} ${taken.id}, field id: already used by the checklist before it, choose another: ${taken.id}`,
      );
    }
  }
};
