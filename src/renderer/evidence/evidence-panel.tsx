import { Button } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { ChartTable } from '../../shared/charts/table.ts';
import { ChartHostProvider, useHostedCharts } from '../charts/chart-host.ts';
import { plainCell } from '../charts/chart-rows.tsx';
import { toCsv } from '../ui/delimited.ts';
import { download, downloadCsv, downloadJson } from '../ui/download.ts';
import { Icon } from '../ui/icon.tsx';
import { Panel, type PanelExport } from '../ui/panel.tsx';
import { type Evidence, fileStem } from './evidence.ts';
import { InspectDrawer } from './inspect-drawer.tsx';

export interface EvidencePanelProps {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  evidence: Evidence;
  /** Rows of a panel that is a table itself. */
  table?: ChartTable;
  provisional?: boolean;
  flush?: boolean;
  children: ReactNode;
}

const csvOf = (table: ChartTable): string =>
  toCsv(
    table.columns,
    table.rows.map((row) => row.map(plainCell)),
  );

const bytesOf = (address: string): ArrayBuffer => {
  const binary = atob(address.slice(address.indexOf(',') + 1));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0)).buffer;
};

/** A panel that can be questioned: inspected, exported, and read as rows where it draws. */
export const EvidencePanel = ({
  title,
  note,
  actions,
  evidence,
  table,
  provisional,
  flush,
  children,
}: EvidencePanelProps) => {
  const [inspecting, setInspecting] = useState(false);
  const { host, charts, asTable, setAsTable } = useHostedCharts();
  const exports = useMemo(
    (): PanelExport[] => [
      ...charts.flatMap((chart): PanelExport[] => {
        const stem = fileStem(title, charts.length > 1 ? chart.label.slice(0, 40) : '');
        const name = charts.length > 1 ? `${chart.label.split(/[.:,]/)[0]}: ` : '';
        return [
          {
            label: `${name}CSV`,
            run: () => downloadCsv(`${stem}.csv`, csvOf(chart.table)),
          },
          ...(asTable
            ? []
            : [
                {
                  label: `${name}PNG`,
                  run: () => {
                    const address = chart.png({
                      title: charts.length > 1 ? `${title}: ${chart.label}` : title,
                      caption: evidence.caption ?? evidence.n,
                    });
                    if (address) download(`${stem}.png`, bytesOf(address), 'image/png');
                  },
                },
              ]),
        ];
      }),
      ...(table ? [{ label: 'CSV', run: () => downloadCsv(`${fileStem(title)}.csv`, csvOf(table)) }] : []),
      { label: 'JSON', run: () => downloadJson(`${fileStem(title)}.json`, evidence.json) },
    ],
    [charts, asTable, title, evidence, table],
  );
  return (
    <>
      <Panel
        title={title}
        note={note}
        provisional={provisional}
        flush={flush}
        exports={exports}
        actions={
          <>
            {actions}
            {charts.length > 0 ? (
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                leftSection={<Icon name="table" size={12} />}
                aria-pressed={asTable}
                aria-label={`${asTable ? 'Chart' : 'Table'}: ${title}`}
                onClick={() => setAsTable(!asTable)}
              >
                {asTable ? 'Chart' : 'Table'}
              </Button>
            ) : null}
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={<Icon name="inspect" size={12} />}
              aria-label={`Inspect ${title}`}
              aria-haspopup="dialog"
              onClick={() => setInspecting(true)}
            >
              Inspect
            </Button>
          </>
        }
      >
        <ChartHostProvider value={host}>{children}</ChartHostProvider>
      </Panel>
      <InspectDrawer title={title} evidence={evidence} opened={inspecting} onClose={() => setInspecting(false)} />
    </>
  );
};
