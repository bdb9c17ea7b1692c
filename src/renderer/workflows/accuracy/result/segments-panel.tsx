import { Checkbox, SegmentedControl } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { primaryUnit } from '../../../../shared/accuracy-words.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { sameSegment, segmentKey } from '../../../../shared/segment-text.ts';
import { count, counted } from '../../../../shared/units.ts';
import { glyphScale } from '../../../charts/glyph-scale.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { evidenceOf } from './evidence-of.ts';
import { segmentsTable } from './result-tables.ts';
import { useSelection } from './route-selection.ts';
import { segmentColumns } from './segment-columns.tsx';
import { filterCounts, filterSegments, type SegmentFilter, segmentFilters, segmentRows } from './segment-rows.ts';
import classes from './segments-panel.module.css';
import { useSegmentDays } from './use-segment-days.ts';

const rowHeight = 32;
const mostVisible = 12;

/** Moves the selection along the rows as they are sorted and filtered on the screen. */
const step = (table: HTMLElement | null, by: 1 | -1) => {
  const rows = [...(table?.querySelectorAll<HTMLElement>('tbody tr[data-index]') ?? [])].toSorted(
    (a, b) => Number(a.dataset.index) - Number(b.dataset.index),
  );
  const selected = rows.findIndex((row) => row.getAttribute('aria-selected') === 'true');
  const next = rows[selected === -1 ? (by === 1 ? 0 : rows.length - 1) : selected + by];
  // As little as needed: the chart above shows the segment that was walked to.
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
  next?.click();
};

export interface SegmentsPanelProps {
  comparison: AccuracyComparison;
  request: CompareRequest;
}

/** Where it happened: every segment that was compared, worst first. */
export const SegmentsPanel = ({ comparison, request }: SegmentsPanelProps) => {
  const selection = useSelection();
  const rows = useMemo(() => segmentRows(comparison.segments), [comparison.segments]);
  const [filter, setFilter] = useState<SegmentFilter>('all');
  const [unfold, setUnfold] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const unit = primaryUnit(comparison);
  const scale = useMemo(() => glyphScale(rows, comparison.settings.delta), [rows, comparison.settings.delta]);
  const strips = useSegmentDays(comparison, request);
  const columns = useMemo(() => segmentColumns(comparison, unit, scale, strips), [comparison, unit, scale, strips]);
  const shown = useMemo(() => filterSegments(rows, filter, unfold), [rows, filter, unfold]);
  const counts = useMemo(() => filterCounts(rows, unfold), [rows, unfold]);
  const folded = useMemo(() => rows.filter((row) => row.explainedBy).length, [rows]);
  const activate = useCallback(
    (row: (typeof rows)[number]) => selection.select(sameSegment(row.segment, selection.segment) ? {} : row.segment),
    [selection],
  );
  const { select } = selection;
  const actions = useMemo(
    (): Action[] => [
      { id: 'segment-next', title: 'Next segment', group: 'Result', keys: 'j', run: () => step(frame.current, 1) },
      {
        id: 'segment-previous',
        title: 'Previous segment',
        group: 'Result',
        keys: 'k',
        run: () => step(frame.current, -1),
      },
      { id: 'segment-none', title: 'All rows (no segment)', group: 'Result', keys: 'u', run: () => select({}) },
    ],
    [select],
  );
  useActions(actions);
  const { examined, tested, familySize, notEnoughData } = comparison.segmentSearch;
  const table = useMemo(() => segmentsTable(comparison), [comparison]);
  const evidence = useMemo(
    () =>
      evidenceOf(comparison, request, {
        pointer: '/segments',
        json: comparison.segments,
        methods: methodsOf(comparison.segments.map((row) => row.change)),
      }),
    [comparison, request],
  );
  return (
    <EvidencePanel
      title="Where: segments, worst first"
      flush
      actions={
        <span className={classes.controls}>
          <span className={classes.keys}>
            <KeyHint keys="j" /> <KeyHint keys="k" /> walk
          </span>
          {folded > 0 ? (
            <Checkbox
              label={`unfold ${counted(folded, 'explained line')}`}
              checked={unfold}
              onChange={(event) => setUnfold(event.currentTarget.checked)}
            />
          ) : null}
          <SegmentedControl
            aria-label="Show segments"
            data={segmentFilters.map((value) => ({ value, label: `${value} ${count(counts[value])}` }))}
            value={filter}
            onChange={(value) => setFilter(value as SegmentFilter)}
          />
        </span>
      }
      table={table}
      evidence={evidence}
    >
      <div ref={frame}>
        <DataTable
          key={filter}
          label="Segments"
          tools={rows.length > 8}
          columns={columns}
          rows={shown}
          rowKey={(row) => row.key}
          onActivate={activate}
          selectedKey={Object.keys(selection.segment).length > 0 ? segmentKey(selection.segment) : null}
          isProvisional={(row) => row.change.value === null}
          rowHeight={rowHeight}
          maxHeight={Math.min(mostVisible, Math.max(3, shown.length)) * rowHeight + 34}
          empty={
            filter === 'regressions'
              ? 'No segment regressed. Show all to see what was compared.'
              : filter === 'not enough data'
                ? 'Every listed segment had enough data.'
                : 'No segment columns were declared for this dataset.'
          }
        />
      </div>
      <p className={classes.figures}>
        {count(examined)} examined, {count(tested)} tested in one family of {count(familySize)}, {count(notEnoughData)}{' '}
        with not enough data to be tested. Explained lines are folded: their change vanishes without the segment that
        explains them.
      </p>
    </EvidencePanel>
  );
};
