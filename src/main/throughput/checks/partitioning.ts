import { finding, suspectFields, type ThroughputProvider } from './look.ts';

/** Whether the device or the machine is divided as the baseline's was. */
export const partitioning: ThroughputProvider = {
  observations: { differing: 'number' },
  collect: ({ comparison }) => finding([suspectFields(comparison, 'differing', 'partitioning')]),
};
