import type { EvidenceProviders } from '../../../shared/model/evidence.ts';
import { clockUnderLoad } from './clock-under-load.ts';
import { coTenants } from './co-tenants.ts';
import { faults } from './faults.ts';
import { host } from './host.ts';
import { isItReal } from './is-it-real.ts';
import { locksAndStates } from './locks-and-states.ts';
import type { ThroughputDocuments } from './look.ts';
import { memoryHealth } from './memory-health.ts';
import { partitioning } from './partitioning.ts';
import { pcie } from './pcie.ts';
import { power } from './power.ts';
import { scope } from './scope.ts';
import { software } from './software.ts';
import { thermal } from './thermal.ts';
import { validity } from './validity.ts';
import { whatChanged } from './what-changed.ts';

/** Every evidence provider of the throughput axis, by the id a checklist calls it. */
export const throughputProviders: EvidenceProviders<ThroughputDocuments> = {
  validity,
  'is-it-real': isItReal,
  scope,
  'what-changed': whatChanged,
  'co-tenants': coTenants,
  'clock-under-load': clockUnderLoad,
  power,
  thermal,
  'locks-and-states': locksAndStates,
  pcie,
  'memory-health': memoryHealth,
  faults,
  partitioning,
  host,
  software,
};
