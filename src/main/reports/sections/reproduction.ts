import { compareCommand, quoted, seriesCommand } from '../../../shared/commands.ts';
import type { Statement } from '../../../shared/model/investigation.ts';
import { bytes, count, counted } from '../../../shared/units.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { type Html, html, verbatim } from '../markup/html.ts';
import { folded, list } from '../markup/table.ts';
import type { Report, SectionOf } from '../report.ts';

/** Characters of SQL a report carries at most; what is left out is left out whole. */
const sqlBudget = 600_000;

const commands = (report: Report): string[] => {
  const { comparison, series, investigation } = report;
  return [
    'driftbench import PATH/dataset.yaml',
    compareCommand(comparison, investigation.request),
    seriesCommand({
      dataset: series.dataset.id,
      reference: investigation.request.reference,
      chunk: series.chunk,
      ...(investigation.request.asOf === undefined ? {} : { asOf: investigation.request.asOf }),
      metric: comparison.settings.metric,
      seed: series.seed,
    }),
    `driftbench report ${quoted(investigation.id)} --format html --out report.html`,
  ];
};

const statementTexts = ({ statements, investigation }: Report): Html => {
  if (statements.length === 0)
    return html`<p class="unknown">unknown: no statement was attached to this investigation</p>`;
  const shown: { statement: Statement; index: number }[] = [];
  const left: { statement: Statement; index: number }[] = [];
  let used = 0;
  statements.forEach((statement, index) => {
    const fits = used + statement.sql.length <= sqlBudget;
    if (fits) used += statement.sql.length;
    (fits ? shown : left).push({ statement, index });
  });
  return html`<p>${counted(statements.length, 'statement')} ran against the cached dataset; they return counts and sums, never rows.</p>
${[...Map.groupBy(shown, ({ statement }) => statement.part)].map(([part, own]) =>
  folded(
    html`${part}, ${counted(own.length, 'statement')}`,
    html`${own.map(
      ({ statement, index }) => html`<p><code>/${index}</code> of the statements</p>
<pre>${verbatim(statement.sql)}</pre>`,
    )}`,
  ),
)}${
  left.length > 0
    ? html`<p>Not printed because the report would become too large, but part of the artifact ${seen('artifact-statements', 'statements')} (SHA-256 <code>${investigation.attachments.statements}</code>):</p>
${list(left.map(({ statement, index }) => html`${statement.part}, <code>/${count(index)}</code>, ${bytes(statement.sql.length)}`))}`
    : ''
}`;
};

export const reproduction: SectionOf = (report) => {
  const { comparison, investigation, producer } = report;
  const [imports, compare, series, rebuilt] = commands(report).map((text) => html`<pre>${verbatim(text)}</pre>`);
  return {
    id: 'reproduction',
    title: 'Reproduction',
    body: html`<p>With Driftbench ${producer.version}, seed ${seen('setting-seed', String(comparison.seed))}, and the same files:</p>
<ol>
<li>Import the files. The printed dataset id must be <code>${comparison.dataset.id}</code> and its SHA-256 <code>${comparison.dataset.sha256}</code>; otherwise these are not the same data. ${imports ?? ''}</li>
<li>Repeat the comparison. Its numbers must be those under ${seen('results', 'results')}; the printed document equals <code>/documents/comparison</code> of the JSON file beside this one, the keys of single rows apart. ${compare ?? ''}</li>
<li>Repeat the series over all rows. ${series ?? ''}</li>
<li>In the workspace of the investigation, build this report again. While the investigation ends at entry ${seen(anchor('entry', investigation.seq), investigation.seq)}, the bytes are the same. ${rebuilt ?? ''}</li>
</ol>
<h3>Statements</h3>
${statementTexts(report)}`,
  };
};
