import type { Choice } from '../../shared/model/investigation.ts';
import { segmentText } from '../../shared/segment-text.ts';
import { dayRange } from '../../shared/units.ts';
import type { Event } from './entries.ts';

const choiceText = (choice: Choice): string => {
  switch (choice.kind) {
    case 'segment-chosen':
      return `segment chosen: ${segmentText(choice.segment)}`;
    case 'check-answered':
      return `check answered: ${choice.item} ${choice.status}`;
    case 'phase-completed':
      return `phase completed: ${choice.phase}`;
    case 'conclusion-written':
      return `conclusion written: ${choice.conclusion.certainty} ${choice.conclusion.cause}`;
    case 'title-changed':
      return `title changed: ${choice.title}`;
  }
};

/** An entry in the words of the history panel; `known` lets a reversal name what it took back. */
export const eventText = (event: Event, known: ReadonlyMap<number, Event> = new Map()): string => {
  switch (event.kind) {
    case 'opened':
      return `investigation opened: ${event.body.title}`;
    case 'attached': {
      const { reference, current } = event.body.request;
      return `windows compared: ${dayRange(reference.from, reference.to)} and ${dayRange(current.from, current.to)}, ${event.body.verdict}`;
    }
    case 'collected':
      return `check collected: ${event.body.item} ${event.body.status}`;
    case 'chosen':
      return choiceText(event.body);
    case 'reverted': {
      const target = known.get(event.body.seq);
      if (!target) return `taken back: entry ${event.body.seq}`;
      return target.kind === 'reverted'
        ? `brought back: ${eventText(known.get(target.body.seq) ?? target)}`
        : `taken back: ${eventText(target)}`;
    }
  }
};
