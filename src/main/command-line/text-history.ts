import type { History, HistorySeries } from '../../shared/model/history.ts';
import { count, counted, decimal, instant, percent, pValue } from '../../shared/units.ts';
import { textTable, visible } from './text-table.ts';

const change = (ratio: number | null): string =>
  ratio === null ? 'unknown, the level before is 0' : `${ratio > 1 ? '+' : ''}${percent(ratio - 1)}`;

const changeRows = ({ changePoints, unit, boundaries }: HistorySeries): string[][] =>
  changePoints.map(({ index, at, before, after, ratio, pValue: p, provisional }) => {
    const beside = boundaries.find((one) => one.index === index);
    return [
      `at ${count(index)}`,
      at === null ? '' : instant(at),
      `${decimal(before)} -> ${decimal(after)}${unit ? ` ${visible(unit)}` : ''}`,
      change(ratio),
      pValue(p),
      [provisional ? 'provisional' : '', beside ? `with ${visible(beside.fields.join(', '))}` : '']
        .filter(Boolean)
        .join(', '),
    ];
  });

const seriesLines = (series: HistorySeries): string[] => {
  const { name, n, changePoints, outliers, boundaries } = series;
  const rows = changeRows(series);
  const alone = boundaries.filter(({ index }) => !changePoints.some((point) => point.index === index));
  return [
    `${visible(name)}: ${counted(n, 'point')}, ${changePoints.length === 0 ? 'no change point' : counted(changePoints.length, 'change point')}`,
    ...textTable(rows),
    ...(outliers.length > 0 ? [`  set aside as outliers, kept in the plot: ${outliers.map(count).join(', ')}`] : []),
    ...alone.map(
      ({ index, fields }) => `  the stack changed at ${count(index)}, the speed did not: ${visible(fields.join(', '))}`,
    ),
  ];
};

/** Change points of every series as a person reads them on a terminal. */
export const historyText = ({ series, settings, notes }: History): string => {
  const { preset, window, maxP, minMagnitude } = settings;
  const lines = [
    `preset ${preset}, window ${window}, largest p ${maxP}, smallest change ${percent(minMagnitude)}`,
    ...series.flatMap((one) => ['', ...seriesLines(one)]),
    ...(series.length === 0 ? ['', 'no series'] : []),
    ...(notes.length > 0 ? ['', 'Notes', ...notes.map((note) => `  ${visible(note)}`)] : []),
  ];
  return `${lines.join('\n')}\n`;
};
