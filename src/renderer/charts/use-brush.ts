import type { EChartsType } from 'echarts/core';
import { type PointerEvent, type RefObject, useRef } from 'react';

/** Pixels below which a press is a click. */
const threshold = 4;

type Span = [from: number, to: number];

/** Dragging over a chart picks a span of its horizontal axis; a click on it lets go. */
export const useBrush = (instance: RefObject<EChartsType | null>, onBrush?: (span: Span | null) => void) => {
  const band = useRef<HTMLDivElement>(null);
  const start = useRef<number | null>(null);
  const moved = useRef(false);
  if (!onBrush) return { band, stage: {} };
  const within = (event: PointerEvent<HTMLElement>): number =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const show = (from: number, to: number): void => {
    const element = band.current;
    if (!element) return;
    element.hidden = false;
    // Moved without a render: the pointer reports every few milliseconds.
    element.style.transform = `translateX(${Math.min(from, to)}px)`;
    element.style.width = `${Math.abs(to - from)}px`;
  };
  const end = (): void => {
    start.current = null;
    if (band.current) band.current.hidden = true;
  };
  return {
    band,
    stage: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
        if (event.button !== 0 || !instance.current?.containPixel({ gridIndex: 0 }, [within(event), y])) return;
        start.current = within(event);
        moved.current = false;
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (start.current === null) return;
        if (Math.abs(within(event) - start.current) > threshold) moved.current = true;
        if (moved.current) show(start.current, within(event));
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        if (start.current === null) return;
        const ends = [start.current, within(event)].map((x) =>
          instance.current?.convertFromPixel({ xAxisIndex: 0 }, x),
        );
        const [a, b] = ends;
        if (!moved.current) onBrush(null);
        else if (typeof a === 'number' && typeof b === 'number') onBrush([Math.min(a, b), Math.max(a, b)]);
        end();
      },
      onPointerCancel: end,
    },
  };
};
