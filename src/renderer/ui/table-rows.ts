import type { ReactNode } from 'react';
import type { DelimitedCell } from './delimited.ts';

export interface Column<R> {
  id: string;
  title: string;
  /** What sorts, filters, copies and goes into the file. */
  value(row: R): DelimitedCell;
  /** What is drawn, when it is more than the value. */
  render?(row: R): ReactNode;
  align?: 'left' | 'right';
  /** A CSS grid track. */
  width?: string;
  /** Said when pointing at the heading. */
  hint?: string;
  /** False where the value puts a picture into words: a filter that read it would draw the picture of every row. */
  filters?: boolean;
}

export interface Sorting {
  column: string;
  descending: boolean;
}

const compareCells = (left: DelimitedCell, right: DelimitedCell): number => {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const a = String(left);
  const b = String(right);
  // Code-point order: the same on every machine, whatever its locale.
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Sorted without disturbing the order of equals; unknown values stay last in both directions. */
export const sortedRows = <R>(rows: readonly R[], columns: readonly Column<R>[], sorting: Sorting | null): R[] => {
  const column = columns.find((candidate) => candidate.id === sorting?.column);
  if (!column || !sorting) return [...rows];
  const sign = sorting.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, cell: column.value(row) }))
    .sort((left, right) => {
      if (left.cell === null || right.cell === null) return Number(left.cell === null) - Number(right.cell === null);
      return sign * compareCells(left.cell, right.cell);
    })
    .map(({ row }) => row);
};

/** What a filter reads of a row, put together when one first looks at it: the next letter typed only compares. */
export const rowTexts = <R>(columns: readonly Column<R>[]): ((row: R) => string) => {
  const read = columns.filter(({ filters = true }) => filters);
  const known = new Map<R, string>();
  return (row) => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const text = read
      .map((column) => String(column.value(row) ?? ''))
      .join('\n')
      .toLowerCase();
    known.set(row, text);
    return text;
  };
};

/** Rows in which every word of the filter occurs somewhere. */
export const filteredRows = <R>(rows: readonly R[], textOf: (row: R) => string, filter: string): R[] => {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const text = textOf(row);
    return words.every((word) => text.includes(word));
  });
};

export const cellsOf = <R>(rows: readonly R[], columns: readonly Column<R>[]): DelimitedCell[][] =>
  rows.map((row) => columns.map((column) => column.value(row)));
