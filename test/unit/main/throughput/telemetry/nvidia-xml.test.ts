import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNvidiaXml } from '../../../../../src/main/throughput/telemetry/nvidia-xml.ts';
import { find } from '../../../../../src/main/throughput/telemetry/reading.ts';
import { childOf, readXml } from '../../../../../src/main/throughput/telemetry/xml-tree.ts';
import { capture, captureNames } from '../../../../fixtures/nvidia-capture.ts';

const names = captureNames('nvidia-smi-xml');
const read = (name: string) => readNvidiaXml(capture(`nvidia-smi-xml/${name}`));

describe('a captured document', () => {
  // Read off the files by eye: power, mask of reasons, generation of the link, replays.
  it.each<[string, string, number | null, number | null, number | null, number | null]>([
    ['gtx-1070-ti.xml', 'GPU-f9ba66fc-a7f5-94c5-da19-019ef2f9c665', null, null, 1, null],
    ['a10g.xml', 'GPU-9a9a6c50-2a47-2f51-a902-b82c3b127e94', 25.58, 0x1, 1, 0],
    ['a100-sxm4-v12.xml', 'GPU-513536b6-7d19-9063-b049-1e69664bb298', 67.03, 0x0, 4, 0],
    ['rtx-3080-v13.xml', 'GPU-19d6d965-2acc-f646-00f8-4c76979aabb4', 139.62, 0x0, 4, 0],
  ])('%s', (name, device, power, mask, gen, replays) => {
    const { readings } = read(name);
    const value = (reading: string) => find(readings, reading, device)!.value;
    expect([value('power_w'), value('clock_event_reasons'), value('pcie_gen'), value('pcie_replays')]).toEqual([
      power,
      mask,
      gen,
      replays,
    ]);
  });

  it.each(names)('%s: a name, a clock and a temperature; every unknown has its reason', (name) => {
    const { readings, facts } = read(name);
    expect(find(facts, 'gpu')!.text).toMatch(/GTX|RTX|Tesla|Quadro|A10|^Graphics Device$/);
    expect(find(facts, 'uuid')!.text).toMatch(/^GPU-/);
    expect(find(readings, 'temperature_c')!.value).toBeGreaterThan(10);
    for (const each of readings) expect(each.value === null, each.name).toBe(each.reason !== undefined);
    for (const each of facts) expect(each.text === null, each.name).toBe(each.reason !== undefined);
  });

  it('says which limit holds where document types name it differently', () => {
    const limit = (name: string) => find(read(name).readings, 'power_limit_w')!.value;
    expect([limit('a10g.xml'), limit('a100-sxm4-v12.xml'), limit('rtx-3080-v13.xml')]).toEqual([300, 500, 320]);
    expect(find(read('gtx-1070-ti.xml').readings, 'power_limit_w')).toMatchObject({ reason: 'not in this document' });
  });

  it('counts slices, and says when a document describes fewer GPUs than there are', () => {
    const { readings, facts, problems } = read('a100-sxm4-v12.xml');
    expect(find(readings, 'mig_instances')!.value).toBe(4);
    expect(find(facts, 'mig')!.text).toBe('Enabled');
    expect(problems).toEqual(['the document describes 1 of 4 GPUs']);
  });

  it('sums ECC errors over memories, and does not take N/A for none', () => {
    expect(find(read('a10g.xml').readings, 'ecc_uncorrected')!.value).toBe(0);
    expect(find(read('rtx-3080-v13.xml').readings, 'ecc_uncorrected')).toMatchObject({ value: null });
    const older = capture('nvidia-smi-xml/quadro-p400.xml').replaceAll('<total>N/A</total>', '<total>3</total>');
    expect(find(readNvidiaXml(older).readings, 'ecc_corrected')!.value).toBe(3);
  });

  it('takes N/A of a group for all that would stand inside it', () => {
    expect(find(read('rtx-3080-v13.xml').readings, 'remapped_rows_pending')!.reason).toMatch(/^not applicable/);
    expect(find(read('gtx-1070-ti.xml').readings, 'remapped_rows_pending')!.reason).toBe('not in this document');
  });
});

it('the same values whatever the indentation, none of them half, when a document was cut off', () => {
  const texts = names.map((name) => capture(`nvidia-smi-xml/${name}`));
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => {
      const whole = readNvidiaXml(text);
      const part = readNvidiaXml(text.slice(0, Math.floor(text.length * share)));
      for (const { name, value } of part.readings) {
        // The one name with several places: of two places the first may be all that is left.
        if (value !== null && name !== 'pcie_gen') expect(value, name).toBe(find(whole.readings, name)!.value);
      }
    }),
    { numRuns: 60 },
  );
});

it('xml: attributes, entities, comments, an empty element, a stray end', () => {
  const { root, complete } = readXml('<?xml version="1.0"?><!-- x --><a id="1&amp;2"><b/>x &lt; y</a>');
  expect(complete).toBe(true);
  expect(childOf(root, 'a')).toMatchObject({ attributes: { id: '1&2' }, text: 'x < y' });
  expect(childOf(root, 'a/b')).toMatchObject({ closed: true });
  expect(readXml('<a></b></a>').complete).toBe(false);
  expect(readNvidiaXml('Failed to initialize NVML').problems).toEqual(['no nvidia_smi_log in the document']);
});
