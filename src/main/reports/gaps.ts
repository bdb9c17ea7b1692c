import { toleranceText } from '../../shared/accuracy-words.ts';
import { count, counted, metricName, percent } from '../../shared/units.ts';
import { anchor, seen, withNumbers } from './markup/anchor.ts';
import { type Html, html, joined } from './markup/html.ts';
import { openCauses } from './open-causes.ts';
import { notDone, type Report } from './report.ts';

const names = (metrics: readonly string[]): Html =>
  joined(
    metrics.map((metric) => seen(anchor('metric', metric), metricName(metric))),
    ', ',
  );

/** More than this are counted, not named. */
const namedMetrics = 4;

/** Metrics without a value, together where they lack it for the same reason. */
const unknownMetrics = ({ comparison }: Report): Html[] => {
  const byReason = new Map<string, string[]>();
  for (const [metric, { change, current, reference }] of Object.entries(comparison.metrics)) {
    if (change.value !== null) continue;
    const reason = change.reason ?? current.reason ?? reference.reason ?? 'no reason was recorded';
    byReason.set(reason, [...(byReason.get(reason) ?? []), metric]);
  }
  return [...byReason].map(
    ([reason, metrics]) =>
      html`${names(metrics)}: unknown, ${withNumbers(reason, anchor('metric', metrics[0] ?? ''))}.`,
  );
};

const undecidedMetrics = ({ comparison }: Report): Html[] => {
  const undecided = Object.entries(comparison.metrics)
    .filter(([, { verdict, change }]) => verdict === 'inconclusive' && change.value !== null)
    .map(([metric]) => metric);
  if (undecided.length === 0) return [];
  const which =
    undecided.length > namedMetrics ? seen('metrics', counted(undecided.length, 'metric')) : names(undecided);
  return [html`${which}: the interval allows both a change and none.`];
};

const unlabelled = ({ comparison }: Report): Html[] => {
  const parts = (['reference', 'current'] as const).flatMap((name) => {
    const { predictions, labelled } = comparison.windows[name];
    const missing = predictions - labelled;
    const at = anchor('window', name);
    return missing > 0
      ? [
          html`${seen(at, counted(missing, 'prediction'))} of the ${name} window (${seen(at, percent(missing / predictions))})`,
        ]
      : [];
  });
  return parts.length > 0 ? [html`Whether ${joined(parts, ' and ')} were right: no label has arrived.`] : [];
};

const immature = ({ comparison }: Report): Html[] =>
  (['reference', 'current'] as const).flatMap((name) => {
    const { maturity, reason } = comparison.windows[name];
    return maturity === null
      ? [
          html`How mature the labels of the ${seen(anchor('window', name), `${name} window`)} are: ${reason ?? 'the dataset has no label times'}.`,
        ]
      : [];
  });

const drift = ({ comparison }: Report): Html[] => {
  const { distance, threshold, reason } = comparison.predictionDrift;
  const why = withNumbers(reason ?? 'no reason was recorded', 'prediction-drift');
  if (distance === null) return [html`Whether the ${seen('prediction-drift', 'predictions moved')}: ${why}.`];
  return threshold === null
    ? [html`Whether the ${seen('prediction-drift', 'predictions moved')} more than by chance: ${why}.`]
    : [];
};

const segments = ({ comparison, unit }: Report): Html[] => {
  const { notEnoughData, examined } = comparison.segmentSearch;
  const { minCell, delta } = comparison.settings;
  const said: Html[] = [];
  if (notEnoughData > 0)
    said.push(
      html`${seen('search-not-enough', count(notEnoughData))} of ${seen('search-examined', count(examined))} segments: fewer than ${seen('setting-minCell', count(minCell))} labelled rows in a window, so nothing is said about them.`,
    );
  const undecided = comparison.segments.filter(
    ({ verdict, change, explainedBy }) => verdict === 'inconclusive' && change.value !== null && !explainedBy,
  );
  if (undecided.length > 0)
    said.push(
      html`${seen('segments', counted(undecided.length, 'listed segment'))}: enough rows to be compared, too few to tell a change of ${seen('setting-delta', toleranceText(delta, unit).slice(1))} from none.`,
    );
  return said;
};

/** What this investigation asked and could not answer, most important first. Empty only where nothing is missing. */
export const gapsOf = (report: Report): Html[] => {
  const { comparison, investigation, documents } = report;
  const { explanation, verdict, onset, labelLatency } = comparison;
  const open = notDone(report);
  const said: Html[] = [];
  if (comparison.missing)
    said.push(
      html`A verdict overall: ${withNumbers(comparison.missing, comparison.metrics[report.metric] ? anchor('metric', report.metric) : 'metrics')}.`,
    );
  if (explanation.word === 'undetermined')
    said.push(html`What kind of change it is: ${withNumbers(explanation.reason, 'decomposition')}`);
  if (verdict === 'regression' && onset === null)
    said.push(html`Since when: ${seen('onset', 'no change point is significant')}.`);
  const causes = openCauses(report);
  if (causes.length > 0) said.push(html`Other causes that were not ruled out: ${joined(causes, '; ')}.`);
  said.push(...unlabelled(report), ...immature(report));
  if (labelLatency.medianDays === null)
    said.push(
      html`How late labels arrive: ${withNumbers(labelLatency.reason ?? 'the dataset has no label times', 'latency')}.`,
    );
  said.push(...drift(report), ...unknownMetrics(report), ...undecidedMetrics(report), ...segments(report));
  if (report.worst && documents.segmentSeries === null)
    said.push(html`How the segment that fell went from day to day: no series of it was attached.`);
  if (open.length > 0)
    said.push(
      html`${counted(open.length, 'check')} of the checklist: not done (${joined(
        open.map(({ item }) => seen(anchor('check', item.id), item.id)),
        ', ',
      )}).`,
    );
  if (investigation.conclusion === null)
    said.push(html`${seen('conclusion', 'The cause')}: no conclusion was written.`);
  else if (investigation.conclusion.cause === 'undetermined')
    said.push(html`${seen('conclusion', 'The cause')}: the conclusion leaves it undetermined.`);
  return said;
};
