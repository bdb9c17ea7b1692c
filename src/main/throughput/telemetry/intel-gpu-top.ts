import { measured } from './cell.ts';
import { at, embeddedJson, type Fields, isFields } from './embedded-json.ts';
import { emptyOutput, type Measured, readingOf, type ToolOutput } from './reading.ts';

/** The tool prints an endless array and starts with an object over no time at all: the last complete object counts. */
const lastObject = (text: string): Fields | null => {
  const whole = embeddedJson(text);
  if (Array.isArray(whole)) return whole.filter(isFields).at(-1) ?? null;
  if (isFields(whole)) return whole;
  const blocks = [...text.matchAll(/^\s?\{[\s\S]*?^\s?\}/gm)].map((match) => match[0]);
  for (const block of blocks.reverse()) {
    const value = embeddedJson(block);
    if (isFields(value)) return value;
  }
  return null;
};

const numberAt = (fields: Fields, name: string, path: string, unitPath: string): Measured => {
  const value = at(fields, path);
  if (value === undefined) return { reason: 'not printed by this release' };
  const unit = at(fields, unitPath);
  return measured(name, `${String(value)} ${typeof unit === 'string' ? unit : ''}`.trim());
};

/** True when `intel_gpu_top -J` has printed a second object, the first that covers a period. */
export const isEnoughOfIntelGpuTop = (text: string): boolean => (text.match(/"period"/g)?.length ?? 0) > 2;

/** One period of `intel_gpu_top -J`, after its manual: there is no capture to hold it against. */
export const readIntelGpuTop = (text: string): ToolOutput => {
  const output = emptyOutput();
  const device = 'intel:0';
  const fields = lastObject(text);
  if (!fields) {
    output.problems.push('no complete object in the answer');
    return output;
  }
  output.readings.push(
    readingOf(device, 'sm_clock_mhz', numberAt(fields, 'sm_clock_mhz', 'frequency/actual', 'frequency/unit')),
    readingOf(device, 'power_w', numberAt(fields, 'power_w', 'power/GPU', 'power/unit')),
    readingOf(device, 'package_power_w', numberAt(fields, 'package_power_w', 'power/Package', 'power/unit')),
  );
  const engines = isFields(fields.engines) ? Object.values(fields.engines).filter(isFields) : [];
  const busy = engines.map((engine) => Number(engine.busy)).filter(Number.isFinite);
  output.readings.push(
    readingOf(
      device,
      'utilisation_percent',
      busy.length > 0 ? { value: Math.max(...busy) } : { reason: 'no engine in the answer' },
    ),
  );
  return output;
};
