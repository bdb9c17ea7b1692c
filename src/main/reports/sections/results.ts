import { html } from '../markup/html.ts';
import type { SectionOf } from '../report.ts';
import { featureDrift, predictionDrift } from './drift.ts';
import { alarmsList, changesFigure, metricsTable } from './metrics.ts';
import { scores } from './scores.ts';
import { segmentTables } from './segments.ts';
import { overTime, overTimeInSegment } from './series.ts';

export const results: SectionOf = (report) => ({
  id: 'results',
  title: 'Results',
  body: html`<h3>Metrics</h3>
${metricsTable(report)}${changesFigure(report)}<h3>Alarms</h3>
${alarmsList(report)}${segmentTables(report)}${overTime(report)}${overTimeInSegment(report)}${predictionDrift(report)}${scores(report)}${featureDrift(report)}`,
});
