import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import type { SourceColumn } from '../../../../shared/model/dataset.ts';
import { count, percent } from '../../../../shared/units.ts';
import { visibleText, visibleValue } from '../../../../shared/visible-text.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Panel } from '../../../ui/panel.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import type { DraftFieldsProps } from './role-fields.tsx';
import { type ColumnUse, columnUse, rolesOf, tableOf, withUse } from './source-draft.ts';

/** Columns of the predictions: what the search looks into, and what may only be asked "what moved". */
export const ColumnUses = ({ draft, source, onChange }: DraftFieldsProps) => {
  const table = tableOf(source, draft.predictions.path);
  const columns = useMemo<Column<SourceColumn>[]>(() => {
    const names = table?.columns.map(({ name }) => name) ?? [];
    const roles = rolesOf(draft);
    return [
      {
        id: 'name',
        title: 'Column',
        value: (column) => visibleText(column.name),
        width: 'minmax(140px, 1.2fr)',
        render: (column) => <b title={visibleText(column.name)}>{visibleText(column.name)}</b>,
      },
      {
        id: 'use',
        title: 'Use',
        width: '150px',
        value: (column) => roles.get(column.name) ?? columnUse(draft, column.name),
        render: (column) =>
          roles.has(column.name) ? (
            roles.get(column.name)
          ) : (
            <NativeSelect
              aria-label={`Use of ${visibleText(column.name)}`}
              variant="unstyled"
              value={columnUse(draft, column.name)}
              onChange={(event) => onChange(withUse(draft, names, column.name, event.currentTarget.value as ColumnUse))}
              data={['segment', 'feature', 'ignored']}
            />
          ),
      },
      { id: 'type', title: 'Type', value: (column) => column.type.toLowerCase(), width: '110px' },
      {
        id: 'nulls',
        title: 'Missing',
        align: 'right',
        width: '80px',
        value: (column) => column.nullShare,
        render: (column) => percent(column.nullShare),
      },
      {
        id: 'distinct',
        title: 'Distinct',
        hint: 'Different values among the rows that were sampled',
        align: 'right',
        width: '90px',
        value: (column) => column.distinct,
        render: (column) => count(column.distinct),
      },
      {
        id: 'samples',
        title: 'Samples',
        width: 'minmax(160px, 2fr)',
        value: (column) => column.samples.map(visibleValue).join(', '),
        render: (column) => {
          const text = column.samples.map(visibleValue).join(', ');
          return <span title={text}>{text}</span>;
        },
      },
    ];
  }, [draft, table, onChange]);
  if (!table) return null;
  return (
    <Panel
      title="Columns of the predictions"
      note="segments are searched for where it got worse; features are stored and never alarm"
      flush
    >
      <DataTable
        label="Columns of the predictions"
        columns={columns}
        noun="columns"
        rows={table.columns}
        rowKey={(column) => column.name}
        maxHeight={360}
        rowHeight={34}
      />
    </Panel>
  );
};
