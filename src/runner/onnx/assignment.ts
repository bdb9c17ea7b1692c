/** How many nodes of the optimised graph each execution provider got. */
export type Assignment = Map<string, number>;

/** `CPUExecutionProvider` -> `cpu`: the name a session is asked with. */
const providerName = (text: string): string => text.replace(/ExecutionProvider$/, '').toLowerCase();

interface NodeEvent {
  name: string;
  provider: string;
  node: string;
}

const nodeEvent = (value: unknown): NodeEvent | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { cat, name, args } = value as { cat?: unknown; name?: unknown; args?: Record<string, unknown> };
  if (cat !== 'Node' || typeof name !== 'string' || !name.endsWith('_kernel_time')) return null;
  const provider = args?.provider;
  if (typeof provider !== 'string' || provider === '') return null;
  return { name, provider, node: String(args?.node_index ?? name) };
};

/** Counts every node once, however often it was executed; null when the text is no profile with nodes. */
export const assignmentOf = (profile: string): Assignment | null => {
  let events: unknown;
  try {
    events = JSON.parse(profile);
  } catch {
    return null;
  }
  if (!Array.isArray(events)) return null;
  const seen = new Set<string>();
  const counts: Assignment = new Map();
  for (const value of events) {
    const event = nodeEvent(value);
    if (!event || seen.has(`${event.node} ${event.name}`)) continue;
    seen.add(`${event.node} ${event.name}`);
    const provider = providerName(event.provider);
    counts.set(provider, (counts.get(provider) ?? 0) + 1);
  }
  return counts.size > 0 ? counts : null;
};

/** Nodes that are not where they were asked to be. */
export const fallbackCount = (assignment: Assignment, asked: string): number =>
  [...assignment].reduce((sum, [provider, nodes]) => (provider === asked ? sum : sum + nodes), 0);
