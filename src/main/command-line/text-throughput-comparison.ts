import type { ThroughputComparison } from '../../shared/model/throughput-comparison.ts';

export const throughputComparisonText = ({ verdict, summary }: ThroughputComparison): string =>
  `${verdict.toUpperCase()}\n${summary}\n`;
