import { Chart } from '../../../src/renderer/charts/chart.tsx';
import { useChartPalette } from '../../../src/renderer/charts/use-chart-palette.ts';
import { type ChartExample, chartExamples } from '../../fixtures/chart-examples.ts';
import { runChartExamples } from '../../fixtures/run-chart-examples.ts';
import classes from './gallery.module.css';
import { widgetExamples } from './widgets.tsx';

/** Heights as on the pages; what is not named is drawn at the height of a small chart. */
const heights: Record<string, number> = {
  metric: 300,
  volume: 84,
  bullet: 76,
  reliability: 330,
  splits: 230,
  waterfall: 290,
  samples: 260,
  readings: 84,
  distribution: 240,
  levels: 190,
  history: 280,
};
const throughputPages = [
  ['answer', '/throughput', 'runs'],
  ['empty', '/throughput', 'runs, empty'],
  ['running', '/throughput', 'runs, loading'],
  ['failed', '/throughput', 'runs, failed'],
  ['answer', '/throughput?add=run', 'run a workload'],
  ['answer', '/throughput?add=import', 'import result files'],
  ['answer', '/throughput/runs/run-00000000000000a1', 'run'],
  ['invalid', '/throughput/runs/run-00000000000000b2', 'run, invalid'],
  ['imported', '/throughput/runs/run-00000000000000c3', 'run, imported'],
  ['failed', '/throughput/runs/run-00000000000000a1', 'run, failed'],
  ...['answer', 'undecided', 'refused', 'several'].map(
    (state) => [state, '/throughput/compare?baseline=run-1&candidate=run-2', `comparison, ${state}`] as const,
  ),
  ['answer', '/throughput/history?workload=gemm-f16', 'history'],
  ['few', '/throughput/history?workload=gemm-f16', 'history, four runs'],
] as const;
const windows = ['answer', 'empty', 'many', 'running', 'failed'];

const parts = (name: string): [chart: string, state: string] => {
  const comma = name.indexOf(', ');
  return comma < 0 ? [name, 'full'] : [name.slice(0, comma), name.slice(comma + 2)];
};

const ChartCase = ({ name, option, table }: ChartExample) => {
  const palette = useChartPalette();
  const [chart, state] = parts(name);
  return (
    <div className={classes.case} data-case={name}>
      <p className={classes.state}>{state}</p>
      <Chart label={`${chart}, ${state}`} option={option(palette)} table={table} height={heights[chart] ?? 210} />
    </div>
  );
};

const idOf = (name: string): string => name.toLowerCase().replace(/[^a-z]+/g, '-');

const grouped = <T,>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] => [
  ...Map.groupBy(items, keyOf),
];

/** Every widget and every chart in every state, from the builders the window and the report use. */
export const GalleryPage = () => {
  const widgets = grouped(widgetExamples, ({ widget }) => widget);
  const charts = grouped([...chartExamples, ...runChartExamples], ({ name }) => parts(name)[0]);
  return (
    <main className={classes.page}>
      <header className={classes.head}>
        <h1>Gallery</h1>
        <nav aria-label="Widgets and charts">
          {[...widgets, ...charts].map(([name]) => (
            <a key={name} href={`#${idOf(name)}`}>
              {name}
            </a>
          ))}
        </nav>
        <nav aria-label="The result page in its states">
          {windows.map((state) => (
            <a
              key={state}
              href={`/${state}#/accuracy/d/expenses-4f1c2a9b/result?ref=2026-01-05..2026-02-22&cur=2026-03-04..2026-03-31`}
            >
              result page, {state}
            </a>
          ))}
        </nav>
        <nav aria-label="The pages of runs in their states">
          {throughputPages.map(([state, page, name]) => (
            <a key={name} href={`/${state}#${page}`}>
              {name}
            </a>
          ))}
        </nav>
      </header>
      {widgets.map(([name, examples]) => (
        <section key={name} id={idOf(name)} className={classes.section} aria-label={name}>
          <h2>{name}</h2>
          <div className={classes.cases}>
            {examples.map(({ state, draw }) => (
              <div key={state} className={classes.case} data-case={`${name}, ${state}`}>
                <p className={classes.state}>{state}</p>
                <div className={/label|badge|icon|hint|button|glyph|bars/i.test(name) ? classes.row : undefined}>
                  {draw()}
                </div>
              </div>
            ))}
          </div>
        </section>
      ))}
      {charts.map(([name, examples]) => (
        <section key={name} id={idOf(name)} className={classes.section} aria-label={`chart: ${name}`}>
          <h2>{name}</h2>
          <div className={classes.cases}>
            {examples.map((one) => (
              <ChartCase key={one.name} {...one} />
            ))}
          </div>
        </section>
      ))}
    </main>
  );
};
