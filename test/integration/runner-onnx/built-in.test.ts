import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onnxModelBytes, onnxWorkloads } from '../../../src/main/throughput/workloads/onnx-workloads.ts';
import type { Workload } from '../../../src/shared/model/workload.ts';
import type { OnnxDefinition, OnnxInput } from '../../../src/shared/onnx/definition.ts';
import { errorOf, type Input, newFolder, runNode, runOnnx } from './run-runner.ts';

const folder = newFolder();
afterAll(() => rmSync(folder, { recursive: true }));

/** A built-in workload with its model file beside it, as the workbench hands it to the runner. */
const ready = (id: string, precision: string, batch = 1): Input => {
  const workload = onnxWorkloads({ precision, batch, durationMs: 150, seed: 1 }).find(
    (one) => one.id === id,
  ) as Workload;
  const { sha256, bytes } = onnxModelBytes(workload.definition);
  const model = join(folder, `${sha256}.onnx`);
  writeFileSync(model, bytes);
  return { definition: workload.definition as unknown as OnnxDefinition, model };
};

/** What docs/onnx.md says of x86-64, far inside the tolerances that leave room for other processors. */
const onThisProcessor: Record<string, number> = {
  'onnx-transformer f32': 1e-5,
  'onnx-transformer f16': 5e-3,
  'onnx-transformer int8': 0.03,
  'onnx-cnn f32': 1e-5,
  'onnx-cnn f16': 1e-5,
  'onnx-cnn int8': 0,
};

const held = (input: Input, name: string): Input => {
  const { output } = input.definition;
  const absolute = process.arch === 'x64' ? (onThisProcessor[name] as number) : output.tolerance.absolute;
  return {
    ...input,
    definition: {
      ...input.definition,
      output: { ...output, tolerance: { ...output.tolerance, absolute, relative: 0 } },
    },
  };
};

describe('built-in models', () => {
  it.each([
    ['onnx-transformer', 'f32', 1],
    ['onnx-transformer', 'f16', 1],
    ['onnx-transformer', 'int8', 3],
    ['onnx-cnn', 'f32', 3],
    ['onnx-cnn', 'f16', 1],
    ['onnx-cnn', 'int8', 1],
  ])('%s in %s, batch %d, runs and is right', async (id, precision, batch) => {
    const spoken = await runOnnx(held(ready(id, precision, batch), `${id} ${precision}`));
    expect(errorOf(spoken)).toEqual({ code: 'ended with done', message: '' });
    expect(spoken.code).toBe(0);
    const { stream } = spoken;
    expect(stream.invalidReasons).toEqual([]);
    expect(stream.runner).toEqual({ name: 'onnx', version: '0.1.0' });
    expect(stream.executor).toMatchObject({ kind: 'cpu', driver: 'onnxruntime 1.30.0' });
    expect(stream.phases.map(({ name }) => name)).toEqual(['load', 'compile', 'warmup', 'measure', 'verify']);
    const measured = stream.samples.filter(({ phase }) => phase === 'measure');
    expect(measured.length).toBeGreaterThanOrEqual(3);
    expect(measured.every(({ items, durationNs }) => items === batch && durationNs > 0)).toBe(true);
    const starts = stream.samples.map(({ startNs }) => startNs as number);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    const reading = (name: string) => stream.readings.find((one) => one.name === name)?.value;
    expect(reading('nodes_cpu')).toBeGreaterThan(5);
    expect(reading('nodes_fallback')).toBe(0);
    expect(stream.outputDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(spoken.left).toEqual([]);
  });

  it('int8 convolutions are exact: the bytes of their answer are known', async () => {
    const { stream } = await runOnnx(ready('onnx-cnn', 'int8', 2));
    expect(stream.outputDigest).toBe('sha256:e5b13f5c4e1255704e9f8f15cae421a88c5742932cd4b4076f431487f3fcaf06');
  });

  // By the profile of ONNX Runtime itself: names of nodes would say nothing of what is executed.
  it.each([
    ['onnx-cnn', /^QLinearConv$/, 3, []],
    // The two products of attention stay in floats.
    ['onnx-transformer', /^(MatMulInteger|MatMulIntegerToFloat|DynamicQuantizeMatMul)$/, 6, ['product', 'product']],
  ] as const)('%s is executed by integer kernels in int8', (id, kernel, count, products) => {
    const { model, definition } = ready(id, 'int8');
    const [input] = definition.inputs as [OnnxInput];
    const program = `import { readFileSync, readdirSync } from 'node:fs';
      import { InferenceSession, Tensor } from 'onnxruntime-node';
      const [model, name, shape, prefix] = process.argv.slice(1);
      const session = await InferenceSession.create(model, { enableProfiling: true, profileFilePrefix: prefix });
      const dims = JSON.parse(shape);
      await session.run({ [name]: new Tensor('float32', new Float32Array(dims.reduce((a, b) => a * b)), dims) });
      session.endProfiling();
      const [file] = readdirSync(prefix.slice(0, prefix.lastIndexOf('/')));
      const events = JSON.parse(readFileSync(prefix.slice(0, prefix.lastIndexOf('/') + 1) + file, 'utf8'));
      console.log(JSON.stringify(events.filter(({ cat }) => cat === 'Node').map(({ args }) => args.op_name)));`;
    const profiles = mkdtempSync(join(folder, 'profiles-'));
    const args = [model, input.name, JSON.stringify(input.shape), `${profiles}/p`];
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program, ...args], {
      cwd: import.meta.dirname,
      env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
      encoding: 'utf8',
    });
    const executed = JSON.parse(printed) as string[];
    expect(executed.filter((operator) => kernel.test(operator))).toHaveLength(count);
    const floats = executed.filter((operator) => /^(Fused)?(Conv|Gemm|MatMul)$/.test(operator));
    expect(floats.map(() => 'product')).toEqual(products);
  });

  it('are refused when the file is another one', async () => {
    const { definition, model } = ready('onnx-cnn', 'f32');
    const tampered = join(folder, 'tampered.onnx');
    const bytes = readFileSync(model);
    bytes[bytes.length - 5000] = (bytes[bytes.length - 5000] as number) ^ 1;
    writeFileSync(tampered, bytes);
    const spoken = await runOnnx({ definition, model: tampered });
    expect(spoken.code).toBe(1);
    expect(errorOf(spoken)).toMatchObject({ code: 'wrong-model' });
    expect(spoken.stream.samples).toEqual([]);
    expect(errorOf(await runOnnx({ definition, model: join(folder, 'absent.onnx') }))).toEqual({
      code: 'missing-model',
      message: 'the model file cannot be read (ENOENT)',
    });
  });

  it('are wrong when they do not compute what the seed says', async () => {
    const { definition, model } = ready('onnx-cnn', 'int8');
    const other = { ...definition, model: { ...definition.model, seed: 2 } };
    const spoken = await runOnnx({ definition: other, model });
    expect(errorOf(spoken)).toMatchObject({ code: 'wrong-output' });
    expect(errorOf(spoken).message).toMatch(
      /^item 0 is not what plain loops compute: \d+ of 100 elements, first element 0 is /,
    );
    // What was computed stays visible.
    expect(spoken.stream.outputDigest).not.toBeNull();
    expect(spoken.stream.samples.length).toBeGreaterThan(3);
  });

  it('are held to the tolerance their definition states', async () => {
    const { definition, model } = ready('onnx-transformer', 'f16');
    const strict = { ...definition, output: { ...definition.output, tolerance: { absolute: 1e-6, relative: 0 } } };
    expect(errorOf(await runOnnx({ definition: strict, model }))).toMatchObject({ code: 'wrong-output' });
  });
});

describe('execution providers', () => {
  it('that this build does not have are refused by name', async () => {
    const { definition, model } = ready('onnx-cnn', 'int8');
    const spoken = await runOnnx({ definition: { ...definition, provider: 'abacus' }, model });
    expect(errorOf(spoken).code).toBe('provider-unavailable');
    expect(errorOf(spoken).message).toMatch(
      /^this build of ONNX Runtime has cpu, .*no execution provider of this name: abacus$/,
    );
  });

  it('other than the workload’s are refused', async () => {
    const spoken = await runOnnx({ ...ready('onnx-cnn', 'int8'), device: 'webgpu' });
    expect(errorOf(spoken)).toEqual({
      code: 'bad-workload',
      message: 'the workload is defined for cpu, it cannot be run on: webgpu',
    });
  });

  it('are listed by --probe', async () => {
    const { code, stdout } = await runNode(['--probe'], {});
    expect(code).toBe(0);
    const probe = JSON.parse(stdout) as { onnxruntime: string; providers: { name: string }[] };
    expect(probe.onnxruntime).toBe('1.30.0');
    expect(probe.providers.map(({ name }) => name)).toContain('cpu');
  });

  const chromium = '/usr/lib/chromium';
  const icd = join(chromium, 'vk_swiftshader_icd.json');
  const loader = join(chromium, 'libvulkan.so.1');
  const libraries = join(folder, 'libraries');
  beforeAll(() => {
    mkdirSync(libraries);
    if (existsSync(loader)) symlinkSync(loader, join(libraries, 'libvulkan.so.1'));
  });

  it('that take only a part of the nodes are seen to', async (context) => {
    if (!existsSync(icd) || !existsSync(loader)) context.skip('no SwiftShader and Vulkan loader in /usr/lib/chromium');
    const { definition, model } = ready('onnx-cnn', 'int8');
    const spoken = await runOnnx(
      { definition: { ...definition, provider: 'webgpu' }, model, device: 'webgpu' },
      { VK_ICD_FILENAMES: icd, LD_LIBRARY_PATH: libraries },
    );
    expect(errorOf(spoken).code).toBe('ended with done');
    const readings = new Map(spoken.stream.readings.map(({ name, value }) => [name, value]));
    expect(readings.get('nodes_webgpu')).toBeGreaterThan(0);
    expect(readings.get('nodes_cpu')).toBeGreaterThan(0);
    expect(readings.get('nodes_fallback')).toBe(readings.get('nodes_cpu'));
    // Whether the adapter is hardware, ONNX Runtime does not say.
    expect(spoken.stream.executor).toMatchObject({ name: 'webgpu', kind: 'unknown' });
  });
});
