import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { WebgpuDefinition } from '../shared/model/webgpu.ts';
import { exactOutputText, type Reference } from '../shared/workloads/exact-output.ts';
import { webgpuRunnerVersion } from '../shared/workloads/webgpu-version.ts';
import { nowNs, RunnerFault, type RunnerInput, say, speak } from './protocol.ts';
import { chosenAdapter } from './webgpu/adapter-list.ts';
import { nextIterations } from './webgpu/batching.ts';
import { deviceTime, discardedReason } from './webgpu/device-time.ts';
import { outputValues, wrongOutput } from './webgpu/output-check.ts';
import { referenceOf, type SampledReference } from './webgpu/references.ts';
import { findAdapters, type OpenableAdapter, probe, runnerVersion } from './webgpu-adapters.ts';
import { type BatchTime, type DeviceWork, openWork } from './webgpu-device.ts';

const perMs = 1e6;

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const readDefinition = (input: RunnerInput): WebgpuDefinition => {
  const parsed = WebgpuDefinition.safeParse(input.definition);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RunnerFault(
      'bad-definition',
      `not a definition of the webgpu runner: ${issue?.path.join('.')}: ${issue?.message}`,
    );
  }
  const { version } = parsed.data.runner;
  if (version !== webgpuRunnerVersion)
    throw new RunnerFault(
      'bad-definition',
      `made for version ${version} of this runner, which is ${webgpuRunnerVersion}`,
    );
  return parsed.data;
};

const chooseAdapter = async (device: string | undefined): Promise<OpenableAdapter> => {
  const { adapters, unavailable } = await findAdapters();
  if (unavailable !== undefined) throw new RunnerFault('no-adapter', unavailable);
  const facts = adapters.map((adapter) => adapter.facts);
  const chosen = chosenAdapter(facts, device);
  const found = adapters.find((adapter) => adapter.facts === chosen);
  if (found) return found;
  const names = facts.map(({ name }) => name).join(', ');
  throw new RunnerFault('no-adapter', `no webgpu adapter of that name, there are ${names}: ${device}`);
};

const makeReference = (definition: WebgpuDefinition): Reference | SampledReference => {
  const reference = referenceOf(definition);
  if (!reference)
    throw new RunnerFault('bad-definition', `no reference for the output of this kernel: ${definition.kernel}`);
  const { expected } = definition;
  if (expected.kind === 'exact' && 'values' in reference && sha256(exactOutputText(reference)) !== expected.sha256)
    throw new RunnerFault('bad-definition', `the expected output is not the one of these inputs: ${definition.kernel}`);
  return reference;
};

const check = async (
  work: DeviceWork,
  definition: WebgpuDefinition,
  reference: Reference | SampledReference,
  when: string,
): Promise<Uint8Array<ArrayBuffer>> => {
  const bytes = await work.readOutput();
  const wrong = wrongOutput(outputValues(bytes, definition.expected.type), reference, definition.expected);
  if (wrong) throw new RunnerFault('wrong-output', `the output of the ${when} iteration is wrong, ${wrong}`);
  return bytes;
};

/** What is timed together, and until when. */
interface BatchPlan {
  iterations: number;
  minimumBatches: number;
  untilNs: number;
  /** In the warm-up: more iterations a batch until it is long enough. */
  grow: boolean;
}

/** Said as one sample; counts why the device's own clock was not believed. */
const sayBatch = (time: BatchTime, items: number, discarded: Map<string, number>): void => {
  const { startNs, durationNs, stamps } = time;
  const device = stamps && deviceTime(...stamps, durationNs);
  if (device && 'discarded' in device) discarded.set(device.discarded, (discarded.get(device.discarded) ?? 0) + 1);
  say({
    type: 'sample',
    start_ns: startNs,
    duration_ns: durationNs,
    items,
    ...(device && 'ns' in device ? { device_ns: device.ns } : {}),
  });
};

const timeBatches = async (
  work: DeviceWork,
  { item, schedule }: WebgpuDefinition,
  plan: BatchPlan,
  discarded: Map<string, number>,
): Promise<{ iterations: number; batches: number }> => {
  let { iterations } = plan;
  let batches = 0;
  const paces: number[] = [];
  for (let settled = false; nowNs() < plan.untilNs || batches < plan.minimumBatches || !settled; batches++) {
    const time = await work.run(iterations);
    sayBatch(time, iterations * item.perIteration, discarded);
    paces.push(time.durationNs / iterations);
    const next = plan.grow ? nextIterations(iterations, paces, schedule.batchMs * perMs) : iterations;
    settled = next === iterations;
    iterations = next;
    if (schedule.pacingMs > 0) await pause(schedule.pacingMs);
  }
  return { iterations, batches };
};

const sayClock = (hasClock: boolean, transfer: boolean, discarded: Map<string, number>, batches: number): void => {
  const why = transfer ? 'a transfer is timed by the host alone' : 'the adapter has no timestamp-query';
  if (!hasClock || transfer)
    say({ type: 'reading', t_ns: nowNs(), name: 'device_time_batches', value: null, reason: why });
  else {
    const left = [...discarded.values()].reduce((a, b) => a + b, 0);
    say({
      type: 'reading',
      t_ns: nowNs(),
      name: 'device_time_batches',
      value: batches - left,
      ...(left > 0 ? { reason: discardedReason(discarded, batches) } : {}),
    });
  }
};

const program = async (input: RunnerInput): Promise<void> => {
  const definition = readDefinition(input);
  const { facts, handle } = await chooseAdapter(input.device);
  const { name, kind, driver } = facts;
  say({ type: 'ready', runner: 'webgpu', version: runnerVersion(), executor: { name, kind, driver } });
  say({ type: 'phase', name: 'load' });
  const reference = makeReference(definition);
  const work = await openWork(handle, definition);
  try {
    await work.load();
    say({ type: 'phase', name: 'compile' });
    await work.compile();
    say({ type: 'phase', name: 'warmup' });
    const { schedule, transfer, item } = definition;
    const warmUntil = nowNs() + schedule.warmupMs * perMs;
    sayBatch(await work.run(1), item.perIteration, new Map());
    await check(work, definition, reference, 'first');
    const warming = { iterations: 1, minimumBatches: 2, untilNs: warmUntil, grow: true };
    const { iterations } = await timeBatches(work, definition, warming, new Map());
    say({ type: 'reading', t_ns: nowNs(), name: 'iterations_per_batch', value: iterations });
    // From here on only measured iterations can have written what is checked at the end.
    await work.forgetOutput();
    say({ type: 'phase', name: 'measure' });
    const discarded = new Map<string, number>();
    const measureUntil = nowNs() + schedule.durationMs * perMs;
    const measuring = { iterations, minimumBatches: schedule.minimumBatches, untilNs: measureUntil, grow: false };
    const { batches } = await timeBatches(work, definition, measuring, discarded);
    sayClock(facts.features.includes('timestamp-query'), transfer !== null, discarded, batches);
    say({ type: 'phase', name: 'verify' });
    const bytes = await check(work, definition, reference, 'last');
    const values = [...outputValues(bytes, definition.expected.type).subarray(0, 8)];
    say({ type: 'output', digest: `sha256:${sha256(bytes)}`, values });
  } finally {
    work.close();
  }
};

if (process.argv.includes('--probe')) process.stdout.write(`${JSON.stringify(await probe())}\n`, () => process.exit(0));
else {
  await speak(program);
  // Every line is written by now; the implementation would keep the process alive.
  process.exit(process.exitCode ?? 0);
}
