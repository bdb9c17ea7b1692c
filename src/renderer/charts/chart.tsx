import type { EChartsOption } from 'echarts';
import type { EChartsType } from 'echarts/core';
import ReactEChartsCore from 'echarts-for-react/esm/core';
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { ChartStep, ChartTable } from '../../shared/charts/table.ts';
import classes from './chart.module.css';
import { useChartHost } from './chart-host.ts';
import { echarts } from './chart-parts.ts';
import { ChartRows } from './chart-rows.tsx';
import { onPoint, pointAt } from './crosshair.ts';
import { pictureOf } from './picture.ts';
import { useBrush } from './use-brush.ts';
import { useChartPalette } from './use-chart-palette.ts';
import { useChartSize } from './use-chart-size.ts';

export interface ChartProps {
  /** What the picture shows and says, for those who do not see it. */
  label: string;
  option: EChartsOption;
  table: ChartTable;
  height: number;
  /** Positions that the arrow keys walk through; charts without them are plain images. */
  steps?: readonly ChartStep[];
  /** Charts of one group share their crosshair. */
  group?: string;
  /** Dragging, or the arrow keys with shift, pick a span of the horizontal axis. */
  onBrush?(span: [from: number, to: number] | null): void;
}

/** The one chart: everything drawn with ECharts goes through here. */
export const Chart = ({ label, option, table, height, steps, group, onBrush }: ChartProps) => {
  const id = useId();
  const host = useChartHost();
  const palette = useChartPalette();
  const instance = useRef<EChartsType | null>(null);
  const crosshair = useRef<HTMLDivElement>(null);
  const [step, setStep] = useState<number | null>(null);
  const anchor = useRef<number | null>(null);
  const { stage: brushing, band } = useBrush(instance, onBrush);
  const { put, remove, asTable } = host;

  useEffect(() => {
    put(id, {
      label,
      table,
      png: (heading) => (instance.current ? pictureOf(instance.current, heading, palette) : null),
    });
  }, [put, id, label, table, palette]);
  useEffect(() => () => remove(id), [remove, id]);

  const keepSize = useChartSize();
  const ready = useCallback(
    (chart: EChartsType) => {
      instance.current = chart;
      keepSize(chart);
      if (!group) return;
      chart.on('updateAxisPointer', (event) => {
        const { axesInfo } = event as { axesInfo?: { value?: number }[] };
        pointAt(group, axesInfo?.[0]?.value ?? null, id);
      });
    },
    [group, id, keepSize],
  );

  useEffect(() => {
    if (!group) return;
    return onPoint(group, (time, source) => {
      const line = crosshair.current;
      if (!line) return;
      const x = time === null || source === id ? null : instance.current?.convertToPixel({ xAxisIndex: 0 }, time);
      line.hidden = typeof x !== 'number' || !Number.isFinite(x) || x < 0;
      // Moved without a render: the pointer reports every few milliseconds.
      if (!line.hidden) line.style.transform = `translateX(${x}px)`;
    });
  }, [group, id]);

  const walk = (event: KeyboardEvent) => {
    if (!steps || steps.length === 0) return;
    const last = steps.length - 1;
    const here = step ?? (event.key === 'ArrowLeft' ? last + 1 : -1);
    const targets: Record<string, number> = {
      ArrowRight: here + 1,
      ArrowLeft: here - 1,
      PageDown: here + 7,
      PageUp: here - 7,
      Home: 0,
      End: last,
    };
    const wanted = targets[event.key];
    if (event.key === 'Escape' && anchor.current !== null) {
      anchor.current = null;
      onBrush?.(null);
    } else if (event.key === 'Escape' && step !== null) {
      setStep(null);
      instance.current?.dispatchAction({ type: 'hideTip' });
    }
    if (wanted === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(last, wanted));
    if (!event.shiftKey) anchor.current = null;
    else if (onBrush) {
      anchor.current ??= Math.max(0, Math.min(last, here));
      const ends = [steps[anchor.current]!.x, steps[next]!.x] as const;
      onBrush([Math.min(...ends), Math.max(...ends)]);
    }
    setStep(next);
    const x = instance.current?.convertToPixel({ xAxisIndex: 0 }, steps[next]!.x);
    if (typeof x === 'number') instance.current?.dispatchAction({ type: 'showTip', x, y: height / 3 });
  };

  if (asTable) return <ChartRows label={label} table={table} />;

  const canvas = (
    <ReactEChartsCore
      echarts={echarts}
      option={option}
      notMerge
      autoResize={false}
      onChartReady={ready}
      opts={{ renderer: 'canvas' }}
      style={{ height, width: '100%' }}
    />
  );
  return (
    <figure className={classes.figure}>
      {steps && steps.length > 0 ? (
        <div
          role="application"
          aria-roledescription="chart, arrow keys read it point by point"
          aria-label={label}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move its crosshair
          tabIndex={0}
          className={classes.stage}
          onKeyDown={walk}
          {...brushing}
          onBlur={() => {
            setStep(null);
            instance.current?.dispatchAction({ type: 'hideTip' });
          }}
        >
          {canvas}
        </div>
      ) : (
        <div role="img" aria-label={label} className={classes.stage}>
          {canvas}
        </div>
      )}
      {onBrush ? <div ref={band} className={classes.brush} hidden aria-hidden="true" /> : null}
      {group ? <div ref={crosshair} className={classes.crosshair} hidden aria-hidden="true" /> : null}
      <output className={classes.spoken}>{step === null ? '' : steps?.[step]?.text}</output>
    </figure>
  );
};
