import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { ChartTable } from '../../shared/charts/table.ts';
import type { PictureHeading } from './picture.ts';

/** What a chart lends to the panel around it. */
export interface HostedChart {
  label: string;
  table: ChartTable;
  /** A PNG as a data address with these lines above the drawing, null while nothing is drawn. */
  png(heading: PictureHeading): string | null;
}

export interface ChartHost {
  /** Rows instead of a picture. */
  asTable: boolean;
  put(id: string, chart: HostedChart): void;
  remove(id: string): void;
}

const alone: ChartHost = { asTable: false, put: () => undefined, remove: () => undefined };
const ChartHostContext = createContext<ChartHost>(alone);

export const ChartHostProvider = ChartHostContext.Provider;
export const useChartHost = (): ChartHost => useContext(ChartHostContext);

/** The charts of one panel, for its export menu and its table switch. */
export const useHostedCharts = () => {
  const [charts, setCharts] = useState<ReadonlyMap<string, HostedChart>>(new Map());
  const [asTable, setAsTable] = useState(false);
  const put = useCallback(
    (id: string, chart: HostedChart) => setCharts((before) => new Map(before).set(id, chart)),
    [],
  );
  const remove = useCallback(
    (id: string) =>
      setCharts((before) => {
        const rest = new Map(before);
        rest.delete(id);
        return rest;
      }),
    [],
  );
  const host = useMemo<ChartHost>(() => ({ asTable, put, remove }), [asTable, put, remove]);
  return { host, charts: [...charts.values()], asTable, setAsTable };
};
