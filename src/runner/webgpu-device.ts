import { setImmediate as turn } from 'node:timers/promises';
import type { WebgpuBuffer, WebgpuDefinition } from '../shared/model/webgpu.ts';
import { nowNs, RunnerFault } from './protocol.ts';
import { inputBytes } from './webgpu/input-bytes.ts';

const chunkBytes = 2 ** 26;

// The constants are globals of a browser; the package keeps them in an object that is of no declared type.
const usage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, storage: 0x80, queryResolve: 0x200 };
const readMode = 0x1;

/** One batch on the host's clock, and what the device's own clock said at its ends where it has one. */
export interface BatchTime {
  startNs: number;
  durationNs: number;
  stamps: [bigint, bigint] | null;
}

/** A definition on a device: loaded, compiled, iterated. Every step ends in a RunnerFault when the device objects. */
export interface DeviceWork {
  load(): Promise<void>;
  compile(): Promise<void>;
  run(iterations: number): Promise<BatchTime>;
  readOutput(): Promise<Uint8Array<ArrayBuffer>>;
  /** Wipe the output, so that what is read later was written later. */
  forgetOutput(): Promise<void>;
  close(): void;
}

const only = <T>(items: T[], what: string): T => {
  const [item] = items;
  if (item === undefined || items.length > 1)
    throw new RunnerFault('bad-definition', `needs one ${what}: ${items.length}`);
  return item;
};

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

const openDevice = async (adapter: GPUAdapter, { requires }: WebgpuDefinition): Promise<GPUDevice> => {
  const clock: GPUFeatureName[] = adapter.features.has('timestamp-query') ? ['timestamp-query'] : [];
  try {
    return await adapter.requestDevice({
      requiredFeatures: [...(requires.features as GPUFeatureName[]), ...clock],
      requiredLimits: requires.limits,
    });
  } catch (error) {
    throw new RunnerFault('unsupported', `the adapter cannot run this workload: ${firstLine(error)}`);
  }
};

const pipelineOf = async (
  device: GPUDevice,
  module: GPUShaderModule,
  entryPoint: string,
): Promise<GPUComputePipeline> => {
  try {
    return await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint } });
  } catch (error) {
    throw new RunnerFault('gpu-error', `no pipeline for the kernel: ${firstLine(error)}`);
  }
};

export const openWork = async (adapter: GPUAdapter, definition: WebgpuDefinition): Promise<DeviceWork> => {
  const device = await openDevice(adapter, definition);
  const { queue } = device;
  let closed = false;
  let gone: RunnerFault | null = null;
  const lost = device.lost.then((loss) => {
    if (closed) return new Promise<never>(() => undefined);
    gone = new RunnerFault('device-lost', `the device was lost: ${loss.message || loss.reason}`);
    throw gone;
  });
  // Nobody may be waiting at the moment it happens.
  lost.catch(() => undefined);

  /** Do something on the device, and throw what it complained about. */
  const guarded = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const filters = ['internal', 'validation', 'out-of-memory'] as const;
    for (const filter of filters) device.pushErrorScope(filter);
    let failure: unknown;
    let result: T | undefined;
    try {
      result = await Promise.race([Promise.resolve(work()), lost]);
    } catch (error) {
      failure = error;
      // A device that is lost first fails whatever waits for it, and then says so.
      await turn();
    }
    if (gone) throw gone;
    for (const filter of filters.toReversed()) {
      const complaint = await Promise.race([device.popErrorScope(), lost]);
      if (complaint && !(failure instanceof RunnerFault)) {
        const code = filter === 'out-of-memory' ? 'out-of-memory' : 'gpu-error';
        failure = new RunnerFault(code, complaint.message.split('\n')[0] ?? filter);
      }
    }
    if (failure !== undefined) throw failure;
    return result as T;
  };

  const target = only(
    definition.buffers.filter(({ role }) => role === 'output'),
    'output',
  );
  const buffers = new Map<string, GPUBuffer>();
  const bufferOf = (name: string): GPUBuffer => {
    const buffer = buffers.get(name);
    if (!buffer) throw new RunnerFault('bad-definition', `a stage binds an unknown buffer: ${name}`);
    return buffer;
  };
  const pipelines: { pipeline: GPUComputePipeline; group: GPUBindGroup; stage: WebgpuDefinition['stages'][number] }[] =
    [];
  const readback = device.createBuffer({
    size: Math.min(chunkBytes, target.bytes),
    usage: usage.mapRead | usage.copyTarget,
  });
  const clock = definition.stages.length > 0 && device.features.has('timestamp-query');
  const stamps = clock
    ? {
        set: device.createQuerySet({ type: 'timestamp', count: 2 }),
        resolved: device.createBuffer({ size: 16, usage: usage.queryResolve | usage.copySource }),
        read: device.createBuffer({ size: 16, usage: usage.mapRead | usage.copyTarget }),
      }
    : null;

  /** The two ends of a transfer that are memory of this program. */
  let hostSource = new Uint8Array(0);
  let hostTarget = new Uint8Array(0);

  const makeBuffer = ({ name, bytes }: WebgpuBuffer): GPUBuffer =>
    device.createBuffer({ label: name, size: bytes, usage: usage.storage | usage.copySource | usage.copyTarget });

  const upload = async (buffer: GPUBuffer, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
      queue.writeBuffer(buffer, at, bytes.subarray(at, at + chunkBytes));
      await queue.onSubmittedWorkDone();
    }
  };

  const readInto = async (buffer: GPUBuffer, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
      const size = Math.min(chunkBytes, bytes.byteLength - at);
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, at, readback, 0, size);
      queue.submit([encoder.finish()]);
      await readback.mapAsync(readMode, 0, size);
      bytes.set(new Uint8Array(readback.getMappedRange(0, size)), at);
      readback.unmap();
    }
  };

  const encode = (iterations: number): GPUCommandBuffer => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass(
      stamps
        ? { timestampWrites: { querySet: stamps.set, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 } }
        : undefined,
    );
    for (let iteration = 0; iteration < iterations; iteration++)
      for (const { pipeline, group, stage } of pipelines) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        for (let i = 0; i < stage.repeat; i++) pass.dispatchWorkgroups(...stage.workgroups);
      }
    pass.end();
    return encoder.finish();
  };

  const readStamps = async (): Promise<[bigint, bigint] | null> => {
    if (!stamps) return null;
    const encoder = device.createCommandEncoder();
    encoder.resolveQuerySet(stamps.set, 0, 2, stamps.resolved, 0);
    encoder.copyBufferToBuffer(stamps.resolved, 0, stamps.read, 0, 16);
    queue.submit([encoder.finish()]);
    await stamps.read.mapAsync(readMode);
    const [begin = 0n, end = 0n] = new BigInt64Array(stamps.read.getMappedRange().slice(0));
    stamps.read.unmap();
    return [begin, end];
  };

  /** The clock runs from submission to completion; recording the commands is not counted. */
  const runStages = async (iterations: number): Promise<BatchTime> => {
    const commands = encode(iterations);
    const startNs = nowNs();
    queue.submit([commands]);
    await queue.onSubmittedWorkDone();
    const durationNs = nowNs() - startNs;
    return { startNs, durationNs, stamps: await readStamps() };
  };

  /** One transfer after the other: queued together they would pile up copies of themselves. */
  const runTransfers = async (iterations: number): Promise<BatchTime> => {
    const startNs = nowNs();
    for (let i = 0; i < iterations; i++) {
      if (definition.transfer === 'host-to-device') {
        queue.writeBuffer(bufferOf(target.name), 0, hostSource);
        queue.submit([]);
        await queue.onSubmittedWorkDone();
      } else await readInto(bufferOf('source'), hostTarget);
    }
    return { startNs, durationNs: nowNs() - startNs, stamps: null };
  };

  return {
    load: () =>
      guarded(async () => {
        for (const buffer of definition.buffers) {
          const onHost = definition.transfer === 'host-to-device' ? buffer.role === 'input' : buffer.role === 'output';
          if (definition.transfer && onHost) {
            if (buffer.role === 'input') hostSource = inputBytes(buffer);
            else hostTarget = new Uint8Array(buffer.bytes);
            continue;
          }
          const made = makeBuffer(buffer);
          buffers.set(buffer.name, made);
          if (buffer.role === 'input') await upload(made, inputBytes(buffer));
        }
        await queue.onSubmittedWorkDone();
      }),
    compile: () =>
      guarded(async () => {
        for (const stage of definition.stages) {
          const module = device.createShaderModule({ code: stage.wgsl });
          const { messages } = await module.getCompilationInfo();
          const complaint = messages.find(({ type }) => type === 'error');
          if (complaint)
            throw new RunnerFault(
              'gpu-error',
              `the kernel does not compile, line ${complaint.lineNum}: ${complaint.message}`,
            );
          const pipeline = await pipelineOf(device, module, stage.entryPoint);
          const entries = stage.bindings.map((name, binding) => ({ binding, resource: { buffer: bufferOf(name) } }));
          const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
          pipelines.push({ pipeline, group, stage });
        }
      }),
    run: (iterations) => guarded(() => (definition.transfer ? runTransfers(iterations) : runStages(iterations))),
    readOutput: () =>
      guarded(async () => {
        if (definition.transfer === 'device-to-host') return hostTarget.slice();
        const bytes = new Uint8Array(target.bytes);
        await readInto(bufferOf(target.name), bytes);
        return bytes;
      }),
    forgetOutput: () =>
      guarded(async () => {
        if (definition.transfer === 'device-to-host') {
          hostTarget.fill(0);
          return;
        }
        const encoder = device.createCommandEncoder();
        encoder.clearBuffer(bufferOf(target.name));
        queue.submit([encoder.finish()]);
        await queue.onSubmittedWorkDone();
      }),
    close: () => {
      closed = true;
      device.destroy();
    },
  };
};
