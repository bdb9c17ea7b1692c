import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { glyphScale } from '../../../src/renderer/charts/glyph-scale.ts';
import { IntervalGlyph } from '../../../src/renderer/charts/interval-glyph.tsx';
import { EvidencePanel } from '../../../src/renderer/evidence/evidence-panel.tsx';
import { ActionButton } from '../../../src/renderer/ui/action-button.tsx';
import { CheckStatus as CheckStatusBadge } from '../../../src/renderer/ui/check-status.tsx';
import { DataTable } from '../../../src/renderer/ui/data-table.tsx';
import { EmptyState } from '../../../src/renderer/ui/empty-state.tsx';
import { ErrorState } from '../../../src/renderer/ui/error-state.tsx';
import { Icon, iconNames } from '../../../src/renderer/ui/icon.tsx';
import { KeyHint } from '../../../src/renderer/ui/key-hint.tsx';
import { LoadingState } from '../../../src/renderer/ui/loading-state.tsx';
import { PageHeader } from '../../../src/renderer/ui/page-header.tsx';
import { Panel } from '../../../src/renderer/ui/panel.tsx';
import { ProgressView } from '../../../src/renderer/ui/progress-view.tsx';
import { SegmentLabel } from '../../../src/renderer/ui/segment-label.tsx';
import type { Column } from '../../../src/renderer/ui/table-rows.ts';
import { VerdictBadge } from '../../../src/renderer/ui/verdict-badge.tsx';
import { ShareBars } from '../../../src/renderer/workflows/accuracy/result/share-bars.tsx';
import { WorkbenchError } from '../../../src/shared/errors.ts';
import { CheckStatus } from '../../../src/shared/model/checklist.ts';
import { ThroughputVerdict } from '../../../src/shared/model/throughput-comparison.ts';
import { visibleText } from '../../../src/shared/visible-text.ts';
import { hostileText } from '../../fixtures/chart-examples.ts';
import { comparisonExample, manySegments } from '../../fixtures/comparison-example.ts';
import { unknown } from '../../fixtures/estimate-example.ts';

export interface WidgetExample {
  widget: string;
  state: string;
  draw(): ReactNode;
}

const nothing = () => undefined;
const example = (widget: string, state: string, draw: () => ReactNode): WidgetExample => ({ widget, state, draw });
const progress = { step: 'segments', done: 3120, total: 7935, unit: 'cells' };
const command = { id: 'compare', title: 'Compare', group: 'This page', keys: 'mod+enter', run: nothing };
const started = Date.UTC(2026, 3, 2);

type Line = ReturnType<typeof manySegments>[number];
const lines: Column<Line>[] = [
  {
    id: 'name',
    title: 'Segment',
    value: (row) => Object.values(row.segment).join(' '),
    render: (row) => <SegmentLabel segment={row.segment} />,
    width: 'minmax(160px, 1fr)',
  },
  { id: 'n', title: 'n', align: 'right', value: (row) => row.change.n, width: '90px' },
];
const table = (rows: readonly Line[], label: string) => (
  <DataTable
    label={label}
    columns={lines}
    rows={rows}
    rowKey={(row) => JSON.stringify(row.segment)}
    maxHeight={180}
    empty="No segment columns were declared for this dataset."
    isProvisional={(row) => row.change.value === null}
  />
);
const evidence = {
  json: comparisonExample.predictionDrift,
  pointer: '/predictionDrift',
  methods: ['wasserstein-exact@1'],
  n: '560 110 current predictions',
  command: 'driftbench accuracy compare expenses',
  sql: ['SELECT count(*) FROM row'],
  hashes: [{ name: 'dataset', value: comparisonExample.dataset.sha256 }],
};
const glyph = (index: number) => {
  const row = comparisonExample.segments[index]!;
  const scale = glyphScale(comparisonExample.segments, comparisonExample.settings.delta);
  return <IntervalGlyph change={row.change} verdict={row.verdict} scale={scale} />;
};

/** Every widget in every state a person can meet. */
export const widgetExamples: WidgetExample[] = [
  example('Page header', 'full', () => (
    <PageHeader title="expenses" trail="Accuracy" actions={<Button>Investigate</Button>}>
      2026-01-05 … 2026-02-22 as reference
    </PageHeader>
  )),
  example('Page header', 'hostile name', () => <PageHeader title={<bdi>{visibleText(hostileText)}</bdi>} />),
  ...ThroughputVerdict.options.map((verdict) =>
    example('Verdict badge', verdict, () => (
      <>
        <VerdictBadge verdict={verdict} />
        <VerdictBadge verdict={verdict} size="lg" />
      </>
    )),
  ),
  ...CheckStatus.options.map((status) =>
    example('Check status', status.toLowerCase(), () => <CheckStatusBadge status={status} />),
  ),
  example('Segment label', 'one pair', () => <SegmentLabel segment={{ country: 'PT', merchant_category: 'travel' }} />),
  example('Segment label', 'all rows', () => <SegmentLabel segment={{}} />),
  example('Segment label', 'missing and empty', () => <SegmentLabel segment={{ country: null, tier: '' }} />),
  example('Segment label', 'hostile names', () => <SegmentLabel segment={{ [hostileText]: hostileText }} />),
  example('Interval glyph', 'regression', () => glyph(0)),
  example('Interval glyph', 'inconclusive', () => glyph(2)),
  example('Interval glyph', 'no change', () => glyph(6)),
  example('Interval glyph', 'improvement', () => glyph(11)),
  example('Share bars', 'inside over rest', () => <ShareBars inside={0.61} rest={0.2} />),
  example('Share bars', 'none', () => <ShareBars inside={0} rest={0} />),
  example('Key hint', 'with a modifier', () => <KeyHint keys="mod+k" />),
  example('Key hint', 'sequence', () => <KeyHint keys="g s" />),
  example('Action button', 'ready', () => <ActionButton action={command} showKeys />),
  example('Action button', 'disabled with its reason', () => (
    <ActionButton action={{ ...command, disabled: 'the windows share days' }} />
  )),
  example('Icons', 'all', () => iconNames.map((name) => <Icon key={name} name={name} size={18} />)),
  example('Loading', 'reading', () => <LoadingState what="volume and labels" height={90} />),
  example('Empty', 'with a next step', () => (
    <EmptyState title="Nothing analysed yet" actions={<Button variant="default">Open the sample</Button>}>
      Drop a folder, or open a sample incident: no files needed.
    </EmptyState>
  )),
  example('Error', 'of the input', () => (
    <ErrorState
      title="The windows could not be compared"
      error={new WorkbenchError('BAD_INPUT', 'current window has no predictions: 2031-01-01..2031-01-28')}
      onRetry={nothing}
    />
  )),
  example('Error', 'hostile text', () => (
    <ErrorState title="The folder could not be read" error={new Error(hostileText)} />
  )),
  example('Progress', 'with counts', () => (
    <ProgressView title="Comparing the two windows" progress={progress} startedAt={started} onCancel={nothing} />
  )),
  example('Progress', 'just begun', () => <ProgressView title="Importing" progress={null} startedAt={started} />),
  example('Progress', 'no end in sight', () => (
    <ProgressView title="Waiting" progress={{ ...progress, total: null }} startedAt={started} />
  )),
  example('Panel', 'plain', () => (
    <Panel title="Row ledger" note="nothing is dropped silently">
      1 528 303 joined
    </Panel>
  )),
  example('Panel', 'provisional', () => (
    <Panel title="Current window" provisional>
      labels still arriving
    </Panel>
  )),
  example('Evidence panel', 'with inspect and exports', () => (
    <EvidencePanel title="Prediction drift" evidence={evidence}>
      distance 0.00041
    </EvidencePanel>
  )),
  example('Table', 'empty', () => table([], 'Empty table')),
  example('Table', 'full, hostile names among them', () => table(manySegments(1500), 'Fifteen hundred segments')),
  example('Table', 'not enough data', () =>
    table(
      [{ ...manySegments(1)[0]!, change: unknown('25 labelled rows, 100 needed', 'newcombe@1', 25) }],
      'Thin segment',
    ),
  ),
];
