import { useMemo } from 'react';
import { primaryUnit, toleranceText, worstSegment } from '../../../../shared/accuracy-words.ts';
import {
  type ChangeRulerData,
  changeRulerChart,
  changeRulerHeight,
  changeRulerTable,
  changeRulerText,
} from '../../../../shared/charts/change-ruler.ts';
import { segmentText } from '../../../../shared/segment-text.ts';
import { metricName } from '../../../../shared/units.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { ChangeFact } from '../result/change-fact.tsx';
import { evidenceOf } from '../result/evidence-of.ts';
import classes from './change-panel.module.css';
import { useInvestigationPage } from './investigation-context.ts';

/** The total and the worst segment, each as a change with its interval against the tolerance. */
export const ChangePanel = () => {
  const palette = useChartPalette();
  const { comparison, request } = useInvestigationPage();
  const { settings, windows, metrics } = comparison;
  const unit = primaryUnit(comparison);
  const primary = metrics[settings.metric];
  const worst = worstSegment(comparison);
  const ruler = useMemo(
    (): ChangeRulerData => ({
      delta: settings.delta,
      unit,
      rows: [
        ...(primary ? [{ name: `${metricName(settings.metric)}, all rows`, ...primary }] : []),
        ...(worst ? [{ name: segmentText(worst.segment), ...worst }] : []),
      ],
    }),
    [primary, worst, settings, unit],
  );
  const option = useMemo(() => changeRulerChart(ruler, palette), [ruler, palette]);
  const table = useMemo(() => changeRulerTable(ruler), [ruler]);
  const provisional = windows.current.provisional;
  return (
    <EvidencePanel
      title="Change against the tolerance"
      note={`${toleranceText(settings.delta, unit)}, fixed before looking`}
      evidence={evidenceOf(comparison, request, {
        pointer: `/metrics/${settings.metric}`,
        json: primary ?? null,
        methods: methodsOf([primary, worst].flatMap((row) => (row ? [row.change] : []))),
      })}
    >
      <div className={classes.layout}>
        <div className={classes.facts}>
          {primary ? (
            <ChangeFact
              label={`${metricName(settings.metric)}, all rows`}
              {...primary}
              unit={unit}
              provisional={provisional}
            />
          ) : null}
          {worst ? (
            <ChangeFact
              label={<SegmentLabel segment={worst.segment} />}
              {...worst}
              unit={unit}
              provisional={provisional}
            />
          ) : null}
        </div>
        <Chart
          label={`Change against the tolerance. ${changeRulerText(ruler)}`}
          option={option}
          table={table}
          height={changeRulerHeight(ruler)}
        />
      </div>
    </EvidencePanel>
  );
};
