import type { CheckStatus } from '../../shared/model/checklist.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import { type Html, html } from './markup/html.ts';

const mark: Record<Verdict, string> = { regression: '▼', improvement: '▲', 'no change': '=', inconclusive: '?' };

/** Said in words and by shape; the colour only repeats it. */
export const verdictMark = (verdict: Verdict): Html =>
  html`<span class="mark ${verdict.replace(' ', '-')}"><span aria-hidden="true">${mark[verdict]}</span> ${verdict}</span>`;

const statusMarks: Record<CheckStatus, string> = { PASSED: '✓', WARNED: '!', FAILED: '✕', 'NOT DONE': '–' };

export const statusMark = (status: CheckStatus): Html =>
  html`<span class="mark ${status.toLowerCase().replace(' ', '-')}"><span aria-hidden="true">${statusMarks[status]}</span> ${status}</span>`;
