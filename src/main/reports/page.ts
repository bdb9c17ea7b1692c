import { metricName } from '../../shared/units.ts';
import { seen } from './markup/anchor.ts';
import { type Html, html, trusted } from './markup/html.ts';
import type { Report, Section } from './report.ts';
import { style } from './style.ts';
import { verdictMark } from './verdict.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const contents = (sections: readonly Section[]): Html => html`<nav aria-label="Contents"><h2 id="contents">Contents</h2>
<ol>${sections.map(
  ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>
`,
)}</ol></nav>
`;

const sectionMarkup = ({ id, title, body }: Section, index: number): Html => html`<section aria-labelledby="${id}">
<h2 id="${id}">${index + 1}. ${title}</h2>
${body}</section>
`;

/** Page one first, then the contents and everything else. */
export const page = (report: Report, first: readonly Section[], rest: readonly Section[]): Html => {
  const { investigation, comparison, producer } = report;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Driftbench ${producer.version}">
<title>${investigation.title}: accuracy report</title>
<style>${trusted(style)}</style>
</head>
<body>
<header>
<p class="kicker">Driftbench accuracy report. Did the model get worse?</p>
<h1>${investigation.title}</h1>
<p class="lead">${verdictMark(comparison.verdict)} ${metricName(report.metric)} of ${comparison.dataset.name}. ${
    investigation.conclusion
      ? html`${seen('conclusion', 'Concluded')} by a person.`
      : html`${seen('conclusion', 'Not concluded')}: no person has signed a cause.`
  }</p>
</header>
<main>
${first.map((section, index) => sectionMarkup(section, index))}${contents([...first, ...rest])}${rest.map((section, index) => sectionMarkup(section, index + first.length))}</main>
<footer>Driftbench ${producer.version}, report of ${investigation.id} at log entry ${investigation.seq}.</footer>
</body>
</html>
`;
};
