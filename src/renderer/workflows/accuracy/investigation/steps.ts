/** The guided way through an investigation, in the order in which the questions make sense. */
export const stepIds = ['windows', 'real', 'where', 'kind', 'moved', 'checklist', 'conclusion', 'report'] as const;
export type StepId = (typeof stepIds)[number];

export interface Step {
  id: StepId;
  /** On the rail, and beside its number key. */
  name: string;
  /** The title of the page. */
  question: string;
  /** What the page answers, and what to look at. */
  lead: string;
}

export const steps: readonly Step[] = [
  {
    id: 'windows',
    name: 'Windows',
    question: 'Are these the right rows, and are their labels in?',
    lead: 'Nothing below means anything if the export is damaged or the newest labels are missing. Look at the row counts, then at the share of labels that has arrived.',
  },
  {
    id: 'real',
    name: 'Is it real',
    question: 'Did it really get worse, or is it noise?',
    lead: 'A change counts only when its whole interval lies beyond the tolerance fixed beforehand. Look at the interval against the shaded ground - and remember that a total can hide a part.',
  },
  {
    id: 'where',
    name: 'Where',
    question: 'Where is it, and since when?',
    lead: 'The worst segments stand first; every other line had its chance in the same test. Pick one to see its own history, then record the place.',
  },
  {
    id: 'kind',
    name: 'What kind',
    question: 'Do other cases arrive, or do the same cases come out wrong?',
    lead: 'The change is split into mix (other cases arrive) and relation (the same cases, other outcomes). Trust the split that stays the same however it is cut.',
  },
  {
    id: 'moved',
    name: 'What moved',
    question: 'What else changed around that time?',
    lead: 'Version changes, predictions and inputs, next to the day it began. Something that moved is a lead to follow, never the reason by itself.',
  },
  {
    id: 'checklist',
    name: 'Checklist',
    question: 'Was everything looked at that could mislead?',
    lead: 'The program filled in what it could measure. What it cannot know needs one sentence of yours. Start with the items marked “killer”: if one fails, the later ones mean nothing.',
  },
  {
    id: 'conclusion',
    name: 'Conclusion',
    question: 'What is the cause, and what was ruled out?',
    lead: 'One cause from a closed list, how sure you are, and what would change your mind. What could be filled in from the evidence is; read it and correct it.',
  },
  {
    id: 'report',
    name: 'Report',
    question: 'Is this what somebody else should read?',
    lead: 'Exactly what will be saved: one file that opens anywhere, without scripts and without this program, and the same content as JSON.',
  },
];

export const stepOf = (id: StepId): Step => steps.find((step) => step.id === id) as Step;

/** The step behind or ahead; null at the ends. */
export const neighbour = (id: StepId, by: 1 | -1): Step | null => steps[stepIds.indexOf(id) + by] ?? null;

/** The import is step 1 and lives on the dataset's own page. */
export const numberOf = (id: StepId): number => stepIds.indexOf(id) + 2;

export type StepState = 'done' | 'attention' | 'open';
