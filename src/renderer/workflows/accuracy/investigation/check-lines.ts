import type { CheckLine } from '../../../../shared/model/checklist.ts';
import type { Investigation } from '../../../../shared/model/investigation.ts';
import { type StepId, type StepState, stepIds } from './steps.ts';

/** Where each part of the documents is drawn; the first prefix that fits decides. */
const places: readonly (readonly [prefix: string, step: StepId])[] = [
  ['/ledger', 'windows'],
  ['/windows', 'windows'],
  ['/labelLatency', 'windows'],
  ['/days', 'windows'],
  ['/metrics', 'real'],
  ['/verdict', 'real'],
  ['/settings', 'real'],
  ['/alarms', 'real'],
  ['/chunks', 'real'],
  ['/segments', 'where'],
  ['/segmentSearch', 'where'],
  ['/onset', 'where'],
  ['/explanation', 'kind'],
  ['/featureDrift', 'moved'],
  ['/predictionDrift', 'moved'],
  ['/versionChanges', 'moved'],
];

/** The step on which a value can be seen again. */
export const placeOf = (pointer: string): StepId | null =>
  places.find(([prefix]) => pointer === prefix || pointer.startsWith(`${prefix}/`))?.[1] ?? null;

/** Where the questions of the built-in checklist belong; an item a person added stands where its evidence is drawn. */
const topics: Record<string, StepId> = {
  'right-files': 'windows',
  'labels-in': 'windows',
  'label-change': 'windows',
  selection: 'windows',
  'is-it-real': 'real',
  where: 'where',
  'since-when': 'where',
  mix: 'kind',
  relation: 'kind',
  outcomes: 'kind',
  versions: 'moved',
  serving: 'moved',
  'score-scale': 'moved',
  'data-quality': 'moved',
  'stored-drift': 'moved',
};

/** The step an item is shown on besides the checklist. */
const stepOfLine = ({ item, collected }: CheckLine): StepId | null =>
  topics[item.evidence] ??
  topics[item.id] ??
  (collected?.evidence ?? []).map(({ pointer }) => placeOf(pointer)).find((place) => place !== null) ??
  null;

export const linesOfStep = (investigation: Investigation, step: StepId): CheckLine[] =>
  investigation.checklist.lines.filter((line) => stepOfLine(line) === step);

export const isOpen = (line: Pick<CheckLine, 'status'>): boolean => line.status === 'NOT DONE';

const stateOfLines = (lines: readonly CheckLine[]): StepState => {
  if (lines.some((line) => line.status === 'FAILED' || line.status === 'WARNED')) return 'attention';
  return lines.length === 0 || lines.some(isOpen) ? 'open' : 'done';
};

/** What the rail shows of each step. */
export const stepStates = (investigation: Investigation): Record<StepId, StepState> => {
  const { checklist, conclusion } = investigation;
  const states = Object.fromEntries(
    stepIds.map((step) => [step, stateOfLines(linesOfStep(investigation, step))]),
  ) as Record<StepId, StepState>;
  const completed = checklist.phases.filter((phase) => phase.completedAt !== null).length;
  return {
    ...states,
    checklist: completed === checklist.phases.length ? 'done' : 'open',
    conclusion: conclusion ? 'done' : 'open',
    report: 'open',
  };
};

export interface PhaseLines {
  id: string;
  title: string;
  completedAt: string | null;
  /** Killer items first, otherwise in the order of the checklist. */
  lines: CheckLine[];
}

/** The checklist by phase; with a symptom only the items it leads to. */
export const phasesOf = ({ checklist }: Investigation, symptom: string | null): PhaseLines[] =>
  checklist.phases.map((phase) => ({
    ...phase,
    lines: checklist.lines
      .filter(({ item }) => item.phase === phase.id && (symptom === null || item.symptoms.includes(symptom)))
      .toSorted((a, b) => Number(b.item.killer) - Number(a.item.killer)),
  }));
