import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type * as Runtime from 'onnxruntime-node';
import { isBuiltIn, type OnnxDefinition } from '../shared/onnx/definition.ts';
import { version } from '../shared/version.ts';
import { disagreement, firstValues, iterationsDisagree, type OutputTensor, words } from './onnx/agreement.ts';
import { type Assignment, assignmentOf, fallbackCount } from './onnx/assignment.ts';
import { checkedDefinition } from './onnx/checked-definition.ts';
import { inputData } from './onnx/generated-input.ts';
import { expectedItems } from './onnx/reference.ts';
import { sessionFault } from './onnx/session-fault.ts';
import { nowNs, RunnerFault, type RunnerInput, say, speak } from './protocol.ts';

type Session = Runtime.InferenceSession;
type Outputs = OutputTensor[];

const cpuName = (): string | null => cpus()[0]?.model.trim() || null;

/** Loaded on demand: where the package has no library for this machine, that is an answer and not a trace. */
const loadRuntime = async (): Promise<typeof Runtime> => {
  // Its builds since 1.29 report sessions and names of models to their maker; nothing leaves this machine unasked.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  // Where this class exists the package makes its float16 tensors of it, and its own library (1.30) reads them as empty.
  Reflect.deleteProperty(globalThis, 'Float16Array');
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new RunnerFault('runtime-unavailable', `ONNX Runtime cannot be loaded on this machine: ${text}`);
  }
};

const sha256Of = async (path: string, what: string): Promise<string> => {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new RunnerFault('missing-model', `${what} cannot be read (${code})`);
  }
  return hash.digest('hex');
};

const checkFiles = async (path: string, { model }: OnnxDefinition): Promise<void> => {
  const check = async (file: string, expected: string, what: string) => {
    const actual = await sha256Of(file, what);
    if (actual !== expected)
      throw new RunnerFault(
        'wrong-model',
        `${what} is not the one of the workload: SHA-256 ${actual}, not ${expected}`,
      );
  };
  await check(path, model.sha256, 'the model file');
  if (isBuiltIn(model)) return;
  for (const { location, sha256 } of model.externalData)
    await check(join(dirname(path), location), sha256, `the external data file ${JSON.stringify(location)}`);
};

/** Only cuda, tensorrt and dml are certain to be a graphics processor: webgpu may run on a software adapter. */
const kindOf = (provider: string): 'cpu' | 'gpu' | null =>
  provider === 'cpu' ? 'cpu' : ['cuda', 'tensorrt', 'dml'].includes(provider) ? 'gpu' : null;

const askFor = ({ listSupportedBackends }: typeof Runtime, provider: string, device: string | undefined): void => {
  if (device !== undefined && device !== provider)
    throw new RunnerFault('bad-workload', `the workload is defined for ${provider}, it cannot be run on: ${device}`);
  const known = listSupportedBackends().map(({ name }) => name);
  if (!known.includes(provider))
    throw new RunnerFault(
      'provider-unavailable',
      `this build of ONNX Runtime has ${known.join(', ')} and no execution provider of this name: ${provider}`,
    );
};

const feedsOf = ({ Tensor }: typeof Runtime, { inputs }: OnnxDefinition): Runtime.InferenceSession.FeedsType =>
  Object.fromEntries(
    inputs.map((input) => [input.name, new Tensor(input.type, inputData(input) as never, input.shape)]),
  );

const outputsOf = (session: Session): string[] => {
  const names = session.outputMetadata.filter(({ isTensor }) => isTensor).map(({ name }) => name);
  if (names.length === 0) throw new RunnerFault('unsupported-output', 'no output of the model is a tensor');
  return names;
};

/** The nodes of the measured session itself, by provider: profiled once while it warms up. */
const readAssignment = (session: Session, folder: string): Assignment | null => {
  session.endProfiling();
  const [file] = readdirSync(folder);
  const assignment = file === undefined ? null : assignmentOf(readFileSync(join(folder, file), 'utf8'));
  // Now and not at the end: a run that is cancelled leaves nothing behind.
  rmSync(folder, { recursive: true, force: true });
  return assignment;
};

const sayAssignment = (assignment: Assignment | null, asked: string): void => {
  const reading = (name: string, value: number) => say({ type: 'reading', t_ns: nowNs(), name, value });
  if (!assignment) {
    const reason = 'ONNX Runtime wrote no profile of its nodes';
    say({ type: 'reading', t_ns: nowNs(), name: 'nodes_fallback', value: null, reason });
    return;
  }
  for (const [provider, nodes] of assignment) reading(`nodes_${provider}`, nodes);
  reading('nodes_fallback', fallbackCount(assignment, asked));
};

const digestOf = (outputs: Outputs): string => {
  const hash = createHash('sha256');
  for (const { name, type, dims, data } of outputs) {
    hash.update(`${JSON.stringify({ name, type, dims })}\n`);
    if (ArrayBuffer.isView(data)) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    else hash.update(JSON.stringify(Array.from(data, String)));
  }
  return `sha256:${hash.digest('hex')}`;
};

const verify = (definition: OnnxDefinition, first: Outputs, last: Outputs): void => {
  say({ type: 'output', digest: digestOf(last), values: firstValues(last) });
  const { tolerance } = definition.output;
  const changed = iterationsDisagree(first, last, tolerance);
  if (changed) throw new RunnerFault('wrong-output', changed);
  const [output] = last;
  for (const { item, values } of expectedItems(definition)) {
    const actual = Array.from(output?.data ?? [], Number).slice(item * values.length, (item + 1) * values.length);
    const found = disagreement(values, actual, tolerance);
    if (found) throw new RunnerFault('wrong-output', `item ${item} is not what plain loops compute: ${words(found)}`);
  }
};

const create = async (runtime: typeof Runtime, path: string, definition: OnnxDefinition, folder: string) => {
  try {
    return await runtime.InferenceSession.create(path, {
      ...definition.session,
      executionProviders: [definition.provider],
      enableProfiling: true,
      profileFilePrefix: join(folder, 'nodes'),
    });
  } catch (error) {
    throw sessionFault(error, 'compiling the model');
  }
};

const measure = async (
  session: Session,
  feeds: Runtime.InferenceSession.FeedsType,
  definition: OnnxDefinition,
  folder: string,
) => {
  const { schedule, batch, provider } = definition;
  const names = outputsOf(session);
  const iterate = async (): Promise<Outputs> => {
    const start = nowNs();
    const results = await session.run(feeds, names);
    say({ type: 'sample', start_ns: start, duration_ns: nowNs() - start, items: batch });
    return names.map((name) => {
      const { type, dims, data } = results[name] as Runtime.Tensor;
      return { name, type, dims, data };
    });
  };
  try {
    say({ type: 'phase', name: 'warmup' });
    const first = await iterate();
    sayAssignment(readAssignment(session, folder), provider);
    const warm = nowNs();
    do await iterate();
    while (nowNs() - warm < schedule.warmupMs * 1e6);
    say({ type: 'phase', name: 'measure' });
    const from = nowNs();
    let last = first;
    for (let done = 0; done < schedule.minIterations || nowNs() - from < schedule.durationMs * 1e6; done += 1) {
      if (schedule.pacingMs > 0) await pause(schedule.pacingMs);
      last = await iterate();
    }
    return { first, last };
  } catch (error) {
    throw sessionFault(error, 'running the model');
  }
};

const program = async ({ definition: given, device, files }: RunnerInput): Promise<void> => {
  const definition = checkedDefinition(given);
  if (!files?.model) throw new RunnerFault('missing-model', 'the workload names no model file');
  const runtime = await loadRuntime();
  const { provider } = definition;
  askFor(runtime, provider, device);
  const name = provider === 'cpu' ? cpuName() : provider;
  const driver = `onnxruntime ${runtime.env.versions.node}`;
  say({ type: 'ready', runner: 'onnx', version, executor: { name, kind: kindOf(provider), driver } });
  say({ type: 'phase', name: 'load' });
  await checkFiles(files.model, definition);
  const folder = mkdtempSync(join(tmpdir(), 'driftbench-onnx-'));
  try {
    say({ type: 'phase', name: 'compile' });
    const session = await create(runtime, files.model, definition, folder);
    const feeds = feedsOf(runtime, definition);
    const { first, last } = await measure(session, feeds, definition, folder);
    say({ type: 'phase', name: 'verify' });
    verify(definition, first, last);
    await session.release();
  } catch (error) {
    throw sessionFault(error, 'the run');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What there is to run with, as one JSON document. */
const probe = async (): Promise<void> => {
  try {
    const { env, listSupportedBackends } = await loadRuntime();
    const providers = listSupportedBackends();
    process.stdout.write(`${JSON.stringify({ onnxruntime: env.versions.node, providers, cpu: cpuName() })}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${JSON.stringify({ onnxruntime: null, providers: [], cpu: cpuName(), reason })}\n`);
  }
};

if (process.argv.includes('--probe')) await probe();
else await speak(program);
