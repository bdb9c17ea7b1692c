import { toleranceText } from '../../../shared/accuracy-words.ts';
import type { Estimate } from '../../../shared/model/estimate.ts';
import { count, instant, metricName } from '../../../shared/units.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { type Content, type Html, html } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import { methodMeaning } from '../method-words.ts';
import { levelText } from '../numbers.ts';
import type { Report, SectionOf } from '../report.ts';

const settings = ({ comparison, investigation, unit }: Report): Html => {
  const { metric, delta, minCell, depth, level, familyAlpha } = comparison.settings;
  const rows: [string, string, Content, string][] = [
    ['metric', 'primary metric', metricName(metric), 'the verdict overall is about this one'],
    [
      'delta',
      'tolerance',
      toleranceText(delta, unit),
      `the smallest change that matters; ${investigation.request.delta === undefined ? 'the default of this metric, nobody chose another' : 'chosen in the request'}`,
    ],
    ['minCell', 'minimum cell', count(minCell), 'labelled rows a segment needs in each window'],
    ['depth', 'depth of the search', count(depth), 'columns a segment may combine'],
    ['level', 'level of the intervals', levelText(level), 'of every interval in this report unless it says otherwise'],
    [
      'familyAlpha',
      'error rate of the family',
      String(familyAlpha),
      'expected share of false segments among those called regressions',
    ],
    ['seed', 'seed', String(comparison.seed), 'of every resampling'],
    ['asOf', 'labels as of', instant(comparison.asOf), 'labels that arrived later do not exist'],
  ];
  return table(
    'Settings, all fixed before the comparison was made',
    [{ title: 'setting' }, { title: 'value', number: true }, { title: 'meaning' }],
    rows.map(([key, name, value, meaning]) => ({ id: anchor('setting', key), cells: [name, value, meaning] })),
    'settings',
  );
};

/** Every method whose result is printed, in the order of the report, with what it was used for. */
const methodsUsed = ({ comparison, documents }: Report): Map<string, Set<string>> => {
  const used = new Map<string, Set<string>>();
  const add = (method: string, what: string) => {
    const id = method.includes('/') && /^[\w-]+\//.test(method) ? method.slice(method.indexOf('/') + 1) : method;
    used.set(id, (used.get(id) ?? new Set()).add(what));
  };
  const each = (estimates: readonly Estimate[], what: string) => {
    for (const { method } of estimates) add(method, what);
  };
  for (const { reference, current, change } of Object.values(comparison.metrics)) {
    each([reference, current], 'metrics');
    add(change.method, 'changes of metrics');
  }
  for (const { reference, current, change } of comparison.segments) each([reference, current, change], 'segments');
  const { explanation } = comparison;
  for (const split of [...explanation.partitions, ...(explanation.labelFirst ? [explanation.labelFirst] : [])])
    each([split.mix, split.relation, split.unseen], 'kind of change');
  add(comparison.predictionDrift.method, 'prediction drift');
  for (const { method } of comparison.featureDrift) add(method, 'feature drift');
  add(comparison.labelLatency.method, 'label latency');
  for (const series of [documents.series, documents.segmentSeries])
    for (const { realised, estimated } of series?.chunks ?? []) {
      each(Object.values(realised), 'series');
      each(Object.values(estimated), 'series, estimated');
    }
  const limit = documents.series.limits[comparison.settings.metric];
  if (limit) add(limit.method, 'limits of the series');
  return used;
};

const methods = (report: Report): Html =>
  table(
    'Methods by id and version',
    [{ title: 'method', wide: true }, { title: 'used for' }, { title: 'what it is' }],
    [...methodsUsed(report)].map(([id, uses]) => ({
      cells: [html`<code>${id}</code>`, [...uses].join(', '), methodMeaning(id)],
    })),
    'methods-used',
  );

export const methodsSection: SectionOf = (report) => {
  const { comparison, producer, unit } = report;
  const tolerance = seen(anchor('setting', 'delta'), toleranceText(comparison.settings.delta, unit));
  return {
    id: 'methods',
    title: 'Metrics and methods',
    body: html`${settings(report)}<h3>How a verdict is reached</h3>
<p>On the interval of the change, against the tolerance of ${tolerance}: <strong>regression</strong> when the whole interval lies beyond it on the harmful side, <strong>improvement</strong> on the other, <strong>no change</strong> when it lies wholly inside, else <strong>inconclusive</strong>. The comparison is a regression when its primary metric is one, or when any segment is after adjusting for how many were tested. A window whose labels have not all arrived is compared with reference labels of the same age.</p>
<h3>Methods used</h3>
${methods(report)}<p>Error rates of these methods were measured by simulation; they are listed under “Measured error rates” in docs/methods.md of Driftbench ${producer.version}, with the settings they hold for. Days are taken as exchangeable: weekly cycles and trends inside a window widen intervals or look like changes.</p>`,
  };
};
