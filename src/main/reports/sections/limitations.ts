import { axisBlindSpot } from '../../../shared/accuracy-words.ts';
import { gapsOf } from '../gaps.ts';
import { html } from '../markup/html.ts';
import { list } from '../markup/table.ts';
import type { SectionOf } from '../report.ts';

const blindSpots = [
  axisBlindSpot,
  'A cause outside the exported columns: it can be excluded or suspected, never shown.',
  'Rows that were never exported, and answers that never get a label for a reason related to the answer.',
  'A change that came and went between the windows, or that both windows share.',
  'Slow changes inside a window: days of one window are taken as exchangeable, so cycles and trends widen intervals.',
  'Estimated performance assumes that the relation between score and outcome still holds; it cannot see that relation change.',
];

export const limitations: SectionOf = (report) => {
  const gaps = gapsOf(report);
  return {
    id: 'limitations',
    title: 'Limitations',
    body: html`<h3 id="undetermined">What could not be determined</h3>
${gaps.length > 0 ? list(gaps) : html`<p>Nothing that was asked for is missing.</p>`}<h3 id="blind-spots">What this axis cannot detect</h3>
${list(blindSpots)}`,
  };
};
