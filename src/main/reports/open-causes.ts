import { causeItem, causeTitle } from '../../shared/accuracy-words.ts';
import { AccuracyCause } from '../../shared/model/investigation.ts';
import { anchor, seen } from './markup/anchor.ts';
import { type Html, html } from './markup/html.ts';
import type { Report } from './report.ts';

/** Not causes but the lack of one: they are never ruled out. */
const verdicts: readonly AccuracyCause[] = ['no-change', 'undetermined'];

/** The causes a conclusion neither names nor rules out, each with what the checklist says of it. */
export const openCauses = ({ investigation }: Report): Html[] => {
  const { conclusion, checklist } = investigation;
  if (!conclusion) return [];
  const closed = new Set([conclusion.cause, ...verdicts, ...conclusion.ruledOut.map(({ cause }) => cause)]);
  return AccuracyCause.options
    .filter((cause) => !closed.has(cause))
    .map((cause) => {
      const line = checklist.lines.find(({ item }) => item.id === causeItem[cause]);
      return line
        ? html`${causeTitle[cause]} (${seen(anchor('check', line.item.id), line.item.id)}: ${line.status})`
        : html`${causeTitle[cause]}`;
    });
};
