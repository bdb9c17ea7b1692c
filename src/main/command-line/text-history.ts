import type { History } from '../../shared/model/history.ts';
import { textTable } from './text-table.ts';

export const historyText = ({ series }: History): string =>
  `${textTable(series.map(({ name, n, changePoints }) => [name, String(n), String(changePoints.length)])).join('\n')}\n`;
