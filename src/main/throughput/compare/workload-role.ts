/** What a reference workload stresses, by its id; null for a workload of somebody's own. */
export type WorkloadRole = 'compute' | 'memory' | 'chain' | 'probe' | 'link';

const roles: [RegExp, WorkloadRole][] = [
  [/clock-?probe/i, 'probe'],
  [/launch-?chain/i, 'chain'],
  [/(?:^|[^a-z0-9])(?:h2d|d2h)(?:$|[^a-z0-9])/i, 'link'],
  [/(?:^|[^a-z0-9])(?:triad|copy|gemv|attn)(?:$|[^a-z0-9])/i, 'memory'],
  [/(?:^|[^a-z0-9])(?:gemm|conv)(?:3x3)?(?:$|[^a-z0-9])/i, 'compute'],
];

export const roleOf = (workloadId: string): WorkloadRole | null =>
  roles.find(([pattern]) => pattern.test(workloadId))?.[1] ?? null;
