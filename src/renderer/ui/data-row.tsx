import { memo } from 'react';
import classes from './data-table.module.css';
import type { Column } from './table-rows.ts';

interface DataRowProps<R> {
  row: R;
  index: number;
  /** Pixels from the top of the table. */
  start: number;
  height: number;
  template: string;
  columns: readonly Column<R>[];
  provisional: boolean;
  selected: boolean | undefined;
  /** The one that takes focus. */
  current: boolean;
  clickable: boolean;
  onFocus(index: number): void;
  onActivate(row: R): void;
}

const Row = <R,>(props: DataRowProps<R>) => {
  const { row, index, start, height, template, columns, clickable } = props;
  return (
    <tr
      data-index={index}
      data-provisional={props.provisional || undefined}
      data-clickable={clickable || undefined}
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      tabIndex={props.current ? 0 : -1}
      className={classes.row}
      style={{ gridTemplateColumns: template, height, transform: `translateY(${start}px)` }}
      onFocus={() => props.onFocus(index)}
      onClick={clickable ? () => props.onActivate(row) : undefined}
    >
      {columns.map((column) => (
        <td key={column.id} className={classes.cell} data-align={column.align}>
          {column.render ? column.render(row) : column.value(row)}
        </td>
      ))}
    </tr>
  );
};

/** Drawn again only when something of it changed: a table of thousands scrolls without drawing the rows it already shows. */
export const DataRow = memo(Row) as typeof Row;
