import type { EChartsType } from 'echarts/core';
import { useCallback, useEffect, useRef } from 'react';

/**
 * Keeps a chart as large as the box it stands in. The wrapper's own way swallows the first change of size it hears of, so that a
 * window narrowed while a chart appears would keep the wide chart.
 */
export const useChartSize = (): ((chart: EChartsType) => void) => {
  const observer = useRef<ResizeObserver | null>(null);
  useEffect(() => () => observer.current?.disconnect(), []);
  return useCallback((chart: EChartsType) => {
    const box = chart.getDom();
    observer.current?.disconnect();
    observer.current = new ResizeObserver(() => {
      if (chart.isDisposed() || box.clientWidth === 0) return;
      if (chart.getWidth() !== box.clientWidth || chart.getHeight() !== box.clientHeight)
        chart.resize({ width: 'auto', height: 'auto' });
    });
    observer.current.observe(box);
  }, []);
};
