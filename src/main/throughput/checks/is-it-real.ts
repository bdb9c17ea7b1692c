import { flag, observe, pointer, word } from '../../../shared/observation.ts';
import { count, decimal, percent } from '../../../shared/units.ts';
import { finding, runs, type ThroughputProvider } from './look.ts';

/** Whether the change is larger than the tolerance and than the machine's own noise, and on how many runs that rests. */
export const isItReal: ThroughputProvider = {
  observations: {
    verdict: 'text',
    provisional: 'flag',
    interleaved: 'flag',
    fewestRuns: 'number',
    ratio: 'number',
    noiseFloor: 'number',
    smallestRegression: 'number',
    runsNeeded: 'number',
  },
  collect: ({ comparison }) => {
    const { verdict, provisional, settings, concurrency, noiseFloor, smallestRegression, runsNeeded } = comparison;
    const primary = comparison.metrics[settings.metric];
    const each = comparison.workloads.map(({ baseline, candidate }) => Math.min(baseline.length, candidate.length));
    const unknown = primary?.ratio.reason ?? comparison.missing ?? 'nothing was compared';
    return finding([
      { observation: word('verdict', verdict), label: 'verdict:', pointer: pointer('verdict') },
      {
        observation: observe(
          'ratio',
          primary?.ratio.value ?? null,
          (value) => {
            const { low, high } = primary!.ratio;
            const between = low === null || high === null ? 'no interval' : `${decimal(low, 3)} to ${decimal(high, 3)}`;
            return `${decimal(value, 3)} (${between}), tolerance ${percent(settings.delta)}`;
          },
          unknown,
        ),
        label: `${settings.metric}, candidate over baseline,`,
        ...(primary ? { pointer: pointer('metrics', settings.metric, 'ratio') } : {}),
      },
      {
        observation: observe('fewestRuns', each.length === 0 ? null : Math.min(...each), runs, unknown),
        label: 'fewest on a side:',
        pointer: pointer('workloads'),
      },
      {
        observation: flag('interleaved', concurrency === 'interleaved'),
        label: 'interleaved:',
        pointer: pointer('concurrency'),
      },
      { observation: flag('provisional', provisional), label: 'provisional:', pointer: pointer('provisional') },
      {
        observation: observe(
          'noiseFloor',
          noiseFloor.value,
          (value) => percent(value),
          noiseFloor.reason ?? 'no earlier sessions',
        ),
        label: 'noise floor',
        pointer: pointer('noiseFloor'),
      },
      {
        observation: observe(
          'smallestRegression',
          smallestRegression,
          (value) => percent(value),
          'nothing is known of the spread',
        ),
        label: 'told as a regression from',
        pointer: pointer('smallestRegression'),
      },
      {
        observation: observe(
          'runsNeeded',
          runsNeeded,
          (n) => `${count(n)} a side`,
          'it is decided, or no number of runs would',
        ),
        label: runsNeeded === null ? '' : 'runs that would decide:',
        pointer: pointer('runsNeeded'),
      },
    ]);
  },
};
