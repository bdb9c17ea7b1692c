import { say } from '../src/runner/protocol.ts';

/** Iterations of the same arithmetic, about a millisecond each: told as samples, or only timed as a whole. */
const [, , count = '', mode = ''] = process.argv;
const now = (): number => Number(process.hrtime.bigint());

let state = 1;
const work = (steps: number): void => {
  let value = state;
  for (let step = 0; step < steps; step += 1) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
  state = value;
};

/** About a millisecond on a core of 2020. */
const steps = 600_000;
for (let n = 0; n < 200; n += 1) work(steps);

const told = mode === 'protocol';
if (told) {
  say({ type: 'ready', runner: 'loop', executor: { kind: 'cpu' } });
  say({ type: 'phase', name: 'measure' });
}
const starts: number[] = [];
const from = now();
for (let n = 0; n < Number(count); n += 1) {
  const start = now();
  work(steps);
  const end = now();
  starts.push(start);
  if (told) say({ type: 'sample', start_ns: start - from, duration_ns: end - start, items: 1 });
}
const seconds = (now() - from) / 1e9;
if (told) {
  say({ type: 'output', digest: `state:${state}` });
  say({ type: 'done' });
} else {
  process.send?.({ seconds, starts });
}
