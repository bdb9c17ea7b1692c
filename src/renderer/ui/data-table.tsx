import { Button, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { count } from '../../shared/units.ts';
import { copyText } from './copy-text.ts';
import { DataRow } from './data-row.tsx';
import classes from './data-table.module.css';
import { toCsv, toTabbed } from './delimited.ts';
import { downloadCsv } from './download.ts';
import { Icon } from './icon.tsx';
import { type Column, cellsOf, filteredRows, rowTexts, type Sorting, sortedRows } from './table-rows.ts';

export interface DataTableProps<R> {
  /** What the table shows, for a screen reader and for the file name. */
  label: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey(row: R): string;
  initialSort?: Sorting;
  /** Enter or click on a row. */
  onActivate?(row: R): void;
  /** A key pressed on a row; true when it meant something. */
  onRowKey?(row: R, key: string): boolean;
  selectedKey?: string | null;
  /** Draws a row hatched: not enough data, or provisional. */
  isProvisional?(row: R): boolean;
  maxHeight?: number;
  rowHeight?: number;
  /** Filter, copy and CSV above the table; off for a handful of rows. */
  tools?: boolean;
  empty?: string;
  /** What a row is. */
  noun?: string;
}

export const DataTable = <R,>({
  label,
  columns,
  rows,
  rowKey,
  initialSort,
  onActivate,
  onRowKey,
  selectedKey,
  isProvisional,
  maxHeight = 420,
  rowHeight = 30,
  tools = true,
  empty = 'no rows',
  noun = 'rows',
}: DataTableProps<R>) => {
  const [sorting, setSorting] = useState<Sorting | null>(initialSort ?? null);
  const [filter, setFilter] = useState('');
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);

  const textOf = useMemo(() => rowTexts(columns), [columns]);
  const shown = useMemo(
    () => sortedRows(filteredRows(rows, textOf, filter), columns, sorting),
    [rows, columns, textOf, filter, sorting],
  );
  const current = Math.min(active, Math.max(0, shown.length - 1));
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    // Rows exist before the scroller was measured too, so that the first paint isn't empty.
    initialRect: { width: 1000, height: maxHeight },
  });

  const template = columns.map((column) => column.width ?? 'minmax(80px, 1fr)').join(' ');
  const header = columns.map((column) => column.title);

  const copy = (part: readonly R[]) =>
    copyText(toTabbed(header, cellsOf(part, columns)), `${count(part.length)} ${noun}`);

  const sortBy = (column: string) =>
    setSorting((before) =>
      before?.column === column
        ? { column, descending: !before.descending }
        : { column, descending: typeof (rows[0] && columns.find((c) => c.id === column)?.value(rows[0])) === 'number' },
    );

  // One function for all renders: rows that did not change are not drawn again while scrolling.
  const latest = useRef(onActivate);
  useEffect(() => {
    latest.current = onActivate;
  });
  const activate = useCallback((row: R) => latest.current?.(row), []);

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    setActive(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // A control inside a cell keeps its own keys.
    if (!(event.target instanceof HTMLTableRowElement)) return;
    const page = Math.max(1, Math.floor(maxHeight / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: shown.length - 1,
    };
    const target = steps[event.key];
    const row = shown[current];
    if (target !== undefined) {
      event.preventDefault();
      moveTo(target);
    } else if (row && (event.key === 'Enter' || event.key === ' ') && onActivate) {
      event.preventDefault();
      onActivate(row);
    } else if (row && event.key === 'c' && (event.ctrlKey || event.metaKey) && !window.getSelection()?.toString()) {
      event.preventDefault();
      copy([row]);
    } else if (row && !event.ctrlKey && !event.metaKey && !event.altKey && onRowKey?.(row, event.key)) {
      event.preventDefault();
    }
  };

  return (
    <div className={classes.frame}>
      {tools ? (
        <div className={classes.tools}>
          <TextInput
            aria-label={`Filter ${label}`}
            placeholder="Filter"
            leftSection={<Icon name="search" size={12} />}
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
          <span className={classes.count} role="status">
            {shown.length === rows.length ? count(rows.length) : `${count(shown.length)} of ${count(rows.length)}`}{' '}
            {rows.length === 1 ? noun.replace(/s$/, '') : noun}
          </span>
          <span className={classes.spring} />
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<Icon name="copy" size={12} />}
            onClick={() => copy(shown)}
          >
            Copy
          </Button>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<Icon name="download" size={12} />}
            onClick={() =>
              downloadCsv(
                `${label.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.csv`,
                toCsv(header, cellsOf(shown, columns)),
              )
            }
          >
            CSV
          </Button>
        </div>
      ) : null}
      <div className={classes.scroller} ref={scroller} style={{ maxHeight }}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows take focus and arrow keys, which is what a grid is
          role="grid"
          className={classes.grid}
          aria-label={label}
          aria-rowcount={shown.length + 1}
          aria-colcount={columns.length}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr className={classes.head} style={{ gridTemplateColumns: template }} aria-rowindex={1}>
              {columns.map((column) => {
                const sorted =
                  sorting?.column === column.id ? (sorting.descending ? 'descending' : 'ascending') : 'none';
                return (
                  <th key={column.id} scope="col" aria-sort={sorted} data-align={column.align}>
                    <button
                      type="button"
                      title={column.hint}
                      className={classes.sort}
                      onClick={() => sortBy(column.id)}
                    >
                      {column.title}
                      <span className={classes.mark} aria-hidden="true">
                        {sorted === 'none' ? '' : sorted === 'descending' ? '▾' : '▴'}
                      </span>
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody className={classes.body} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = shown[item.index];
              if (row === undefined) return null;
              const key = rowKey(row);
              return (
                <DataRow
                  key={key}
                  row={row}
                  index={item.index}
                  start={item.start}
                  height={rowHeight}
                  template={template}
                  columns={columns}
                  provisional={isProvisional?.(row) ?? false}
                  selected={selectedKey === undefined ? undefined : key === selectedKey}
                  current={item.index === current}
                  clickable={onActivate !== undefined}
                  onFocus={setActive}
                  onActivate={activate}
                />
              );
            })}
          </tbody>
        </table>
        {shown.length === 0 ? (
          <p className={classes.empty}>{rows.length === 0 ? empty : 'no row matches the filter'}</p>
        ) : null}
      </div>
    </div>
  );
};
