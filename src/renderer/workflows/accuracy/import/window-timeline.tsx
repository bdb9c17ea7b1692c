import { SegmentedControl } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type PointerEvent, useId, useMemo, useState } from 'react';
import type { Timeline } from '../../../../shared/model/dataset.ts';
import type { WindowRange } from '../../../../shared/model/window.ts';
import { count, dayRange, percent } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { dayNumber, dayText, timelineColumns, timelineTicks } from './timeline-columns.ts';
import classes from './window-timeline.module.css';

export interface WindowTimelineProps {
  timeline: Timeline;
  reference: WindowRange;
  current: WindowRange;
  onChange(windows: { reference?: WindowRange; current?: WindowRange }): void;
}

const height = 132;
const top = 20;
const bottom = 18;

const ordered = (a: string, b: string): WindowRange => (a < b ? { from: a, to: b } : { from: b, to: a });

/** Volume, labelled share and version changes per day; dragging sets a window. The dates below do the same by keyboard. */
export const WindowTimeline = ({ timeline, reference, current, onChange }: WindowTimelineProps) => {
  const { ref, width } = useElementSize();
  const hatch = useId();
  const [target, setTarget] = useState<'reference' | 'current'>('current');
  const [anchor, setAnchor] = useState<string | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const columns = useMemo(() => timelineColumns(timeline, Math.max(60, Math.floor(width / 3))), [timeline, width]);

  const first = timeline.days[0]?.day;
  const last = timeline.days.at(-1)?.day;
  if (!first || !last) return <p className={classes.nothing}>The dataset holds no days.</p>;

  const begin = dayNumber(first);
  const days = dayNumber(last) - begin + 1;
  const x = (day: string, after = 0): number => ((dayNumber(day) - begin + after) / days) * width;
  const tallest = Math.max(1, ...columns.map((column) => column.predictions));
  const y = (rows: number): number => ((height - top - bottom) * rows) / tallest;

  const dayAt = (event: PointerEvent<SVGSVGElement>): string => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(1, box.width);
    return dayText(begin + Math.max(0, Math.min(days - 1, Math.floor(share * days))));
  };
  const drag = (day: string) => {
    if (anchor !== null) onChange({ [target]: ordered(anchor, day) });
  };

  const shade = (range: WindowRange, tone: 'reference' | 'current') => {
    const from = Math.max(0, x(range.from));
    const to = Math.min(width, x(range.to, 1));
    if (!(to > from)) return null;
    return (
      <g className={classes[tone]}>
        <rect x={from} y={top - 4} width={to - from} height={height - top - bottom + 4} />
        <path d={`M${from} ${top - 4}V${height - bottom}M${to} ${top - 4}V${height - bottom}`} />
        <text x={from + 4} y={top - 8}>
          {tone}
        </text>
      </g>
    );
  };

  const windowOf = (column: { from: string; to: string }): 'current' | 'reference' | undefined => {
    const within = (range: WindowRange) => column.to >= range.from && column.from <= range.to;
    return within(current) ? 'current' : within(reference) ? 'reference' : undefined;
  };
  const under = columns.find((column) => pointed !== null && column.from <= pointed && pointed <= column.to);
  return (
    <div className={classes.frame}>
      <div className={classes.bar}>
        <span className={classes.legend}>
          <i data-kind="labelled" /> with a label <i data-kind="all" /> without <i data-kind="young" /> labels still
          arriving
        </span>
        <span className={classes.readout} aria-hidden="true">
          {under
            ? `${dayRange(under.from, under.to)}: ${count(under.predictions)} predictions, ${under.predictions > 0 ? percent(under.labelled / under.predictions) : 'none'} labelled`
            : 'Drag to set a window'}
        </span>
        <SegmentedControl
          aria-label="Window that dragging sets"
          value={target}
          onChange={(value) => setTarget(value as typeof target)}
          data={[
            { value: 'reference', label: 'Drag reference' },
            { value: 'current', label: 'Drag current' },
          ]}
        />
      </div>
      <div ref={ref}>
        {width > 0 ? (
          <svg
            className={classes.chart}
            width={width}
            height={height}
            role="img"
            aria-label={`Predictions and labels per day, ${dayRange(first, last)}`}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              const day = dayAt(event);
              setAnchor(day);
              onChange({ [target]: { from: day, to: day } });
            }}
            onPointerMove={(event) => {
              const day = dayAt(event);
              setPointed(day);
              drag(day);
            }}
            onPointerUp={() => setAnchor(null)}
            onPointerLeave={() => setPointed(null)}
          >
            <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M0 0V5" className={classes.hatchLine} />
            </pattern>
            {shade(reference, 'reference')}
            {shade(current, 'current')}
            {columns.map((column) => {
              const from = x(column.from);
              const wide = Math.max(0.75, x(column.to, 1) - from - (columns.length < width / 4 ? 1 : 0));
              const all = y(column.predictions);
              const labelled = y(column.labelled);
              return (
                <g key={column.from}>
                  <rect className={classes.all} x={from} y={height - bottom - all} width={wide} height={all} />
                  <rect
                    className={classes.labelled}
                    data-window={windowOf(column)}
                    x={from}
                    y={height - bottom - labelled}
                    width={wide}
                    height={labelled}
                  />
                  {column.young ? (
                    <rect fill={`url(#${hatch})`} x={from} y={height - bottom - all} width={wide} height={all} />
                  ) : null}
                </g>
              );
            })}
            {timeline.versionChanges.map((change) => {
              const at = x(change.at.slice(0, 10));
              return (
                <g key={`${change.column} ${change.at} ${change.to}`} className={classes.version}>
                  <title>{visibleText(`${change.column}: ${change.from} to ${change.to}, ${change.at}`)}</title>
                  <path d={`M${at} ${top - 4}V${height - bottom}`} />
                  <path className={classes.flag} d={`M${at} ${top - 4}l5 4l-5 4z`} />
                </g>
              );
            })}
            <path className={classes.axis} d={`M0 ${height - bottom + 0.5}H${width}`} />
            {timelineTicks(first, last, Math.floor(width / 84)).map((tick) => (
              <g key={tick} className={classes.tick}>
                <path d={`M${x(tick)} ${height - bottom}v4`} />
                <text x={Math.min(x(tick) + 3, width - 62)} y={height - 4}>
                  {tick}
                </text>
              </g>
            ))}
          </svg>
        ) : (
          <div className={classes.chart} />
        )}
      </div>
    </div>
  );
};
