import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { runReadingsChart, runReadingsSteps, runReadingsTable } from '../../../../shared/charts/run-readings.ts';
import type { RunTime } from '../../../../shared/charts/run-time.ts';
import type { RunReading, ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import { readingWords } from '../../../../shared/throughput-words.ts';
import { count, counted } from '../../../../shared/units.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import panels from '../panels.module.css';
import { evidenceOf } from './run-evidence.ts';
import { runGroup } from './samples-panel.tsx';

/** What tells most about a slow run comes first; masks and counters only on request. */
const first = [/clock_mhz$/, /power.*_w$/, /temperature.*_c$/, /^utili[sz]ation/, /memory/];
const quiet = /^clock_event_reasons$|_(us|mj|uj|ticks|periods)$/;

const rank = (name: string): number => {
  const at = first.findIndex((pattern) => pattern.test(name));
  return (quiet.test(name) ? 200 : 0) + (at === -1 ? 100 : at);
};

/** What was never read says why, below what was. */
const neverKnown = (readings: readonly RunReading[]): boolean => readings.every(({ value }) => value === null);

const Reading = ({
  name,
  readings,
  time,
  labelled,
}: {
  name: string;
  readings: RunReading[];
  time: RunTime;
  labelled: boolean;
}) => {
  const palette = useChartPalette();
  const data = useMemo(() => ({ name, readings, time, labelled }), [name, readings, time, labelled]);
  const option = useMemo(() => runReadingsChart(data, palette), [data, palette]);
  const table = useMemo(() => runReadingsTable(data), [data]);
  const steps = useMemo(() => runReadingsSteps(data), [data]);
  const { title, unit } = readingWords(name);
  return (
    <Chart
      label={`${title}${unit ? `, ${unit}` : ''}: ${counted(readings.length, 'reading')}`}
      option={option}
      table={table}
      steps={steps}
      height={labelled ? 92 : 76}
      group={runGroup}
    />
  );
};

const shownAtFirst = 5;

/** What the machine said about itself meanwhile, on the same time as the samples. */
export const ReadingsPanel = ({ run, time }: { run: ThroughputRun; time: RunTime | null }) => {
  const [all, setAll] = useState(false);
  const names = useMemo(
    () =>
      [...Map.groupBy(run.readings, ({ name }) => name)]
        .filter(([, readings]) => readings.some(({ tNs }) => tNs !== null))
        .sort(
          ([a, of], [b, other]) =>
            Number(neverKnown(of)) - Number(neverKnown(other)) || rank(a) - rank(b) || (a < b ? -1 : 1),
        ),
    [run],
  );
  const few = names.filter(([name]) => !quiet.test(name)).slice(0, shownAtFirst);
  const shown = all ? names : few;
  return (
    <EvidencePanel
      title="Readings"
      note={
        run.readings.length === 0
          ? 'nobody watched'
          : `${counted(run.readings.length, 'reading')}, ${counted(names.length, 'quantity', 'quantities')}`
      }
      actions={
        names.length > few.length ? (
          <Button variant="subtle" color="gray" size="compact-xs" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show ${count(names.length - few.length)} more`}
          </Button>
        ) : null
      }
      evidence={evidenceOf(run, {
        pointer: '/readings',
        json: run.readings,
        n: counted(run.readings.length, 'reading'),
      })}
    >
      {time && shown.length > 0 ? (
        shown.map(([name, readings], index) => (
          <Reading key={name} name={name} readings={readings} time={time} labelled={index === shown.length - 1} />
        ))
      ) : (
        <p className={panels.text}>
          {run.readings.length > 0
            ? 'The readings cannot be put beside the samples: the samples have no instants.'
            : run.source
              ? 'The file has no clock, power or temperature: throttling can neither be shown nor ruled out.'
              : 'No source of clock, power or temperature answered on this machine: throttling can neither be shown nor ruled out.'}
        </p>
      )}
    </EvidencePanel>
  );
};
