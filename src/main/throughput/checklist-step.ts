/** A step of the throughput checklist. */
export interface ChecklistStep {
  number: number;
  id: string;
}

/** The steps of `resources/checklists/throughput.yaml` in their order, each with what is named when it is the suspect. */
const suspects = {
  validity: 'the runs are not of one machine or not sound',
  'is-it-real': 'it may be noise',
  scope: 'which workloads fell',
  'what-changed': 'something of the stack differs',
  'co-tenants': 'something else uses the machine',
  'clock-under-load': 'the core clock under load fell',
  power: 'the power limit or supply',
  thermal: 'heat',
  'locks-and-states': 'a clock lock or performance state',
  pcie: 'the link to the host (PCIe, NVLink)',
  'memory-health': 'memory: its clock, ECC or remapped rows',
  faults: 'a fault that the driver reported',
  partitioning: 'the device or machine is divided differently',
  host: 'the host: processor, memory nodes, caches',
  software: 'software: driver, runtime, kernel or provider choice',
  unit: 'this unit of the device',
  close: 'closing',
} as const;

export type StepId = keyof typeof suspects;

export const stepIds = Object.keys(suspects) as StepId[];

export const stepOf = (id: StepId): ChecklistStep => ({ number: stepIds.indexOf(id), id });

export const suspectText = (id: StepId): string => suspects[id];
