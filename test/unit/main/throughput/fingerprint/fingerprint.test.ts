import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintDifference } from '../../../../../src/main/throughput/fingerprint/difference.ts';
import { type FingerprintFields, fingerprintHash } from '../../../../../src/main/throughput/fingerprint/field.ts';
import { gpuFields } from '../../../../../src/main/throughput/fingerprint/gpu-fields.ts';
import { readNvidiaXml } from '../../../../../src/main/throughput/telemetry/nvidia-xml.ts';
import { readRocmSmi } from '../../../../../src/main/throughput/telemetry/rocm-smi.ts';
import { capture, captureNames } from '../../../../fixtures/nvidia-capture.ts';

const known = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const value = fc.oneof(
  known,
  fc.string().map((reason) => ({ value: null, reason })),
);
const name = fc.constantFrom('driver', 'gpu', 'power_limit_w', 'co_tenants', 'governor', 'env.LD_PRELOAD', 'something');
const fields = fc.dictionary(name, value, { noNullPrototype: true });

const gpu = (file: string): FingerprintFields =>
  gpuFields(readNvidiaXml(capture(`nvidia-smi-xml/${file}`)), 'nvidia-smi');

describe('the hash', () => {
  const machine: FingerprintFields = { gpu: 'H200', driver: '590.48.01', ecc: { value: null, reason: 'not there' } };

  it('is of the known fields, whatever their order, and says nothing of the unknown', () => {
    const turned = { driver: '590.48.01', ecc: { value: null, reason: 'another reason' }, gpu: 'H200' };
    expect(fingerprintHash(turned)).toBe(fingerprintHash(machine));
    // SHA-256 of {"driver":"590.48.01","gpu":"H200"}, by sha256sum.
    expect(fingerprintHash(machine)).toBe('e7009f89147c0702fba37829bfc0374056b64ba1c809fcb88f49adcc2659cbce');
  });

  it('does not move with what is volatile, and moves with everything else', () => {
    fc.assert(
      fc.property(fields, known, (all, other) => {
        const hash = fingerprintHash(all);
        for (const each of ['co_tenants', 'gpu_memory_used_mib', 'power_supply', 'recovery_action'])
          expect(fingerprintHash({ ...all, [each]: other })).toBe(hash);
        if (all.driver !== other) expect(fingerprintHash({ ...all, driver: other })).not.toBe(hash);
      }),
    );
  });
});

describe('the difference', () => {
  it('of a fingerprint and itself is what nobody knows', () => {
    fc.assert(
      fc.property(fields, (all) => {
        const unknown = Object.entries(all).filter(([, each]) => typeof each === 'object');
        const difference = fingerprintDifference(all, all);
        expect(difference.map(({ field }) => field).sort()).toEqual(unknown.map(([field]) => field).sort());
        expect(difference.every(({ known: sure, suspect }) => !sure && !suspect)).toBe(true);
      }),
    );
  });

  it('lists every field that is not known to be equal, the same ones in both directions', () => {
    fc.assert(
      fc.property(fields, fields, (a, b) => {
        const there = fingerprintDifference(a, b);
        const back = fingerprintDifference(b, a);
        expect(there.map(({ field }) => field).sort()).toEqual(back.map(({ field }) => field).sort());
        for (const each of there) expect(each.suspect).toBe(each.step !== null);
        for (const each of Object.keys(a))
          if (a[each] !== b[each]) expect(there.some(({ field }) => field === each)).toBe(true);
      }),
    );
  });

  it('does not take a field that one side never recorded for equal', () => {
    expect(fingerprintDifference({ driver: '1' }, {})).toEqual([
      {
        field: 'driver',
        baseline: '1',
        candidate: { value: null, reason: 'not recorded' },
        known: false,
        suspect: false,
        step: null,
        reason: 'not known on candidate',
      },
    ]);
  });

  it.each<[string, string | number | boolean, string | number | boolean, number | null]>([
    ['power_limit_w', 700, 699, 6],
    ['power_limit_w', 700, 699.5, null],
    ['power_enforced_limit_w', 300, 700, 6],
    ['persistence_mode', 'Enabled', 'Disabled', 8],
    ['application_graphics_clock_mhz', 1980, 1410, 8],
    ['power_supply', 'mains', 'battery', 8],
    ['pcie_width_max', 16, 8, 9],
    ['pcie_width_max', 8, 16, null],
    ['pcie_gen_max', 5, 4, 9],
    ['ecc', 'Disabled', 'Enabled', 10],
    ['mig', 'Disabled', 'Enabled', 12],
    ['governor', 'performance', 'powersave', 13],
    ['driver', '570.86', '590.48.01', 14],
    ['env.CUDA_LAUNCH_BLOCKING', 'not set', '1', 14],
    ['packages.cublas', '12.4', '12.6', 14],
    ['gpu_uuid', 'GPU-1', 'GPU-2', 15],
    ['gpu', 'H100', 'H200', 0],
    ['co_tenants', 'none', 'python3', 4],
    ['co_tenants', 'python3', 'none', 4],
    ['gpu_memory_used_mib', 0, 20_000, 4],
    ['gpu_memory_used_mib', 20, 400, null],
    ['a harness of its own', 'x', 'y', 3],
  ])('%s from %s to %s points to step %s', (field, baseline, candidate, step) => {
    const [difference] = fingerprintDifference({ [field]: baseline }, { [field]: candidate });
    expect(difference).toMatchObject({ field, known: true, suspect: step !== null });
    expect(difference!.step?.number ?? null).toBe(step);
  });

  it('puts what is suspected first and what nobody knows last', () => {
    const difference = fingerprintDifference(
      { a: { value: null, reason: 'r' }, driver: '1', pcie_gen_max: 3 },
      { a: 1, driver: '2', pcie_gen_max: 4 },
    );
    expect(difference.map(({ field }) => field)).toEqual(['driver', 'pcie_gen_max', 'a']);
  });

  it('of two real machines with one card: the driver, and the limits where they moved', () => {
    const suspects = fingerprintDifference(gpu('rtx-3080-v12.xml'), gpu('rtx-3080-v13.xml')).filter(
      ({ suspect }) => suspect,
    );
    expect(suspects.map(({ field }) => field)).toContain('driver');
    expect(suspects.map(({ field }) => field)).not.toContain('gpu');
  });
});

describe('the fields of a captured GPU', () => {
  it.each(captureNames('nvidia-smi-xml'))('%s: named, with a limit or the reason why not', (file) => {
    const all = gpu(file);
    expect(all.gpu).toEqual(expect.any(String));
    expect(all.gpu_uuid).toMatch(/^GPU-/);
    for (const each of Object.values(all)) if (typeof each === 'object') expect(each.reason).not.toBe('');
  });

  it('the right one of several, and none for a device that is not there', () => {
    const output = readRocmSmi(capture('rocm-smi/mi100_rocm602.json'));
    expect(gpuFields(output, 'rocm-smi', 'amd:0x1b9dd972253c3736')).toMatchObject({
      gpu_count: 4,
      power_max_limit_w: 290,
    });
    expect(gpuFields(output, 'rocm-smi', 'GPU-1').gpu).toEqual({
      value: null,
      reason: 'rocm-smi does not know the device: GPU-1',
    });
  });
});
