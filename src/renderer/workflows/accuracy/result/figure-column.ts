import type { DelimitedCell } from '../../../ui/delimited.ts';
import type { Column } from '../../../ui/table-rows.ts';

/** A column of numbers: sorted and copied as they are, printed as `text` says, all of one table at one width. */
export const figureColumn =
  <R>(width: string) =>
  (
    id: string,
    title: string,
    value: (row: R) => DelimitedCell,
    text: (row: R) => string,
    more: Pick<Column<R>, 'hint' | 'width'> = {},
  ): Column<R> => ({ id, title, align: 'right', width, value, render: text, ...more });
