import { useMemo } from 'react';
import {
  axisBlindSpot,
  kindMeaning,
  primaryUnit,
  toleranceText,
  worstSegment,
} from '../../../../shared/accuracy-words.ts';
import {
  type ChangeRulerData,
  changeRulerChart,
  changeRulerHeight,
  changeRulerTable,
  changeRulerText,
} from '../../../../shared/charts/change-ruler.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { segmentText } from '../../../../shared/segment-text.ts';
import { count, counted, day, dayRange, instant, metricName, percent } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { VerdictBadge } from '../../../ui/verdict-badge.tsx';
import layout from '../../../ui/verdict-layout.module.css';
import { ChangeFact } from './change-fact.tsx';
import { evidenceOf } from './evidence-of.ts';
import classes from './verdict-panel.module.css';

interface PartProps {
  comparison: AccuracyComparison;
}

const WorstSegment = ({ comparison }: PartProps) => {
  const worst = worstSegment(comparison);
  const { tested, notEnoughData } = comparison.segmentSearch;
  if (worst)
    return (
      <ChangeFact
        label={<SegmentLabel segment={worst.segment} />}
        reference={worst.reference}
        current={worst.current}
        change={worst.change}
        verdict={worst.verdict}
        unit={primaryUnit(comparison)}
        provisional={comparison.windows.current.provisional}
      />
    );
  return (
    <div>
      <p className={classes.factLabel}>Worst segment</p>
      <p className={classes.factValue}>none regressed</p>
      <p className={classes.factText}>
        {count(tested)} tested together; {count(notEnoughData)} had not enough data to be tested.
      </p>
    </div>
  );
};

const Since = ({ comparison }: PartProps) => {
  const { onset } = comparison;
  return (
    <div>
      <p className={classes.factLabel}>Since</p>
      <p className={classes.factValue} title={onset ? `change point of ${metricName(onset.metric)}` : undefined}>
        {onset ? day(onset.date) : 'no onset'}
      </p>
      <p className={classes.factText}>
        {onset
          ? `between ${day(onset.low)} and ${day(onset.high)}, ${
              Object.keys(onset.segment).length > 0 ? 'in the worst segment' : 'over all rows'
            }`
          : 'No change point was found between the windows.'}
      </p>
    </div>
  );
};

const Kind = ({ comparison }: PartProps) => (
  <div>
    <p className={classes.factLabel}>Kind of change</p>
    <p className={classes.factValue}>{comparison.explanation.word}</p>
    <p className={classes.factText}>{kindMeaning[comparison.explanation.word]}</p>
  </div>
);

/** The causes on one line; why each was set aside is one key press away. */
const RuledOut = ({ comparison }: PartProps) => {
  const { ruledOut } = comparison;
  if (ruledOut.length === 0) return <p className={classes.ruledOut}>Nothing was ruled out.</p>;
  return (
    <details className={classes.ruledOut}>
      <summary>
        <strong>Ruled out</strong>
        {ruledOut.map((cause) => (
          <span key={cause.cause + cause.text} className={classes.cause}>
            <Icon name="cross" size={10} /> {visibleText(cause.cause)}
          </span>
        ))}
      </summary>
      <dl>
        {ruledOut.map((cause) => (
          <div key={cause.cause + cause.text}>
            <dt>{visibleText(cause.cause)}</dt>
            <dd>{visibleText(cause.text)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
};

const mostAlarms = 3;

const Alarms = ({ comparison }: PartProps) => {
  const { alarms } = comparison;
  if (alarms.length === 0) return null;
  return (
    <section className={classes.alarms} aria-label="Alarms">
      <ul>
        {alarms.slice(0, mostAlarms).map((alarm) => (
          <li key={alarm.text}>
            <Icon name="warning" size={12} /> <span>{visibleText(alarm.text)}</span>
          </li>
        ))}
      </ul>
      {alarms.length > mostAlarms ? (
        <p className={classes.quiet}>and {counted(alarms.length - mostAlarms, 'more alarm')}, listed under Inspect</p>
      ) : null}
    </section>
  );
};

const WindowFact = ({ name, summary }: { name: string; summary: AccuracyComparison['windows']['reference'] }) => (
  <div data-side={name}>
    <dt>{name}</dt>
    <dd>
      {dayRange(summary.from, summary.to)}
      <span className={classes.quiet}>
        {count(summary.labelled)} labelled of {count(summary.predictions)}
        {summary.maturity === null ? ', maturity not measurable' : `, maturity ${percent(summary.maturity)}`}
      </span>
      {summary.provisional ? (
        <span className={classes.provisional} title={summary.reason}>
          <Icon name="provisional" size={11} /> provisional, compared at equal label age
        </span>
      ) : null}
    </dd>
  </div>
);

const Terms = ({ comparison }: PartProps) => (
  <section aria-label="Terms of the comparison">
    <h3 className={classes.subtitle}>Compared on these terms</h3>
    <dl className={`${layout.terms} ${classes.terms}`}>
      <WindowFact name="reference" summary={comparison.windows.reference} />
      <WindowFact name="current" summary={comparison.windows.current} />
      <div>
        <dt>tolerance</dt>
        <dd>
          {toleranceText(comparison.settings.delta, primaryUnit(comparison))}{' '}
          <span className={classes.quiet}>fixed before looking</span>
        </dd>
      </div>
      <div>
        <dt>as of</dt>
        <dd>
          {instant(comparison.asOf)} <span className={classes.quiet}>later labels do not exist</span>
        </dd>
      </div>
    </dl>
  </section>
);

export const VerdictPanel = ({ comparison, request }: { comparison: AccuracyComparison; request: CompareRequest }) => {
  const palette = useChartPalette();
  const unit = primaryUnit(comparison);
  const { settings, windows } = comparison;
  const primary = comparison.metrics[settings.metric];
  const ruler = useMemo((): ChangeRulerData => {
    const worst = worstSegment(comparison);
    return {
      delta: settings.delta,
      unit,
      rows: [
        ...(primary ? [{ name: `${metricName(settings.metric)}, all rows`, ...primary }] : []),
        ...(worst ? [{ name: segmentText(worst.segment), ...worst }] : []),
      ],
    };
  }, [comparison, primary, settings, unit]);
  const option = useMemo(() => changeRulerChart(ruler, palette), [ruler, palette]);
  const table = useMemo(() => changeRulerTable(ruler), [ruler]);
  const estimates = [primary, worstSegment(comparison)].flatMap((row) =>
    row ? [row.reference, row.current, row.change] : [],
  );
  return (
    <EvidencePanel
      title="What happened"
      evidence={evidenceOf(comparison, request, { pointer: '', json: comparison, methods: methodsOf(estimates) })}
    >
      <div className={layout.answer}>
        <VerdictBadge verdict={comparison.verdict} size="lg" />
        <p className={`${layout.summary} ${classes.summary}`} data-long={comparison.summary.length > 170 || undefined}>
          {visibleText(comparison.summary)}
        </p>
      </div>
      {comparison.missing ? (
        <p className={classes.missing}>What would decide it: {visibleText(comparison.missing)}</p>
      ) : null}
      <div className={`${layout.facts} ${classes.facts}`}>
        {primary ? (
          <ChangeFact
            label={`${metricName(settings.metric)}, all rows`}
            {...primary}
            unit={unit}
            provisional={windows.current.provisional}
          />
        ) : null}
        <WorstSegment comparison={comparison} />
        <Since comparison={comparison} />
        <Kind comparison={comparison} />
      </div>
      <div className={classes.reasons}>
        <section aria-label="Change against the tolerance">
          <h3 className={classes.subtitle}>Change against the tolerance</h3>
          <Chart
            label={`Change against the tolerance. ${changeRulerText(ruler)}`}
            option={option}
            table={table}
            height={changeRulerHeight(ruler)}
          />
          <Alarms comparison={comparison} />
        </section>
        <Terms comparison={comparison} />
      </div>
      <RuledOut comparison={comparison} />
      <p className={layout.blind}>{axisBlindSpot}</p>
    </EvidencePanel>
  );
};
