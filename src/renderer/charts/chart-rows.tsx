import { useMemo } from 'react';
import type { ChartTable, TableCell } from '../../shared/charts/table.ts';
import { decimal } from '../../shared/units.ts';
import { visibleText } from '../../shared/visible-text.ts';
import { DataTable } from '../ui/data-table.tsx';
import type { DelimitedCell } from '../ui/delimited.ts';
import type { Column } from '../ui/table-rows.ts';

type Row = { key: string; cells: TableCell[] };

export const plainCell = (cell: TableCell | undefined): DelimitedCell =>
  cell === undefined ? null : typeof cell === 'boolean' ? String(cell) : cell;

/** What a chart shows, as a table. */
export const ChartRows = ({ label, table }: { label: string; table: ChartTable }) => {
  const rows = useMemo(() => table.rows.map((cells, index): Row => ({ key: String(index), cells })), [table]);
  const columns = useMemo(
    () =>
      table.columns.map((title, index): Column<Row> => {
        const numeric = table.rows.some((row) => typeof row[index] === 'number');
        return {
          id: title,
          title,
          align: numeric ? 'right' : 'left',
          width: numeric ? 'minmax(84px, 0.6fr)' : 'minmax(96px, 1fr)',
          value: (row) => plainCell(row.cells[index]),
          render: (row) => {
            const cell = row.cells[index];
            if (cell === null || cell === undefined) return '';
            return typeof cell === 'number' ? decimal(cell) : visibleText(String(cell));
          },
        };
      }),
    [table],
  );
  return (
    <DataTable label={label} columns={columns} rows={rows} rowKey={(row) => row.key} maxHeight={260} rowHeight={26} />
  );
};
