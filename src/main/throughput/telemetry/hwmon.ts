import type { SystemText } from '../../platform/system-files.ts';
import { emptyOutput, type Measured, readingOf, type ToolOutput } from './reading.ts';

export type SystemTexts = Readonly<Record<string, SystemText>>;

/** A whole number in a file of the kernel; anything else is the reason. */
export const numberIn = (files: SystemTexts, path: string): Measured => {
  const file = files[path];
  if (!file) return { reason: `no such file: ${path}` };
  if ('reason' in file) return { reason: file.reason };
  const text = file.text.trim();
  return /^-?\d+$/.test(text) ? { value: Number(text) } : { reason: `not a number in ${path}: ${text.slice(0, 40)}` };
};

/** What each kind of input is called and by what its integer is divided (kernel: Documentation/hwmon/sysfs-interface). */
const kinds: Record<string, { suffix: string; divisor: number }> = {
  temp: { suffix: 'temperature_c', divisor: 1e3 },
  power: { suffix: 'power_w', divisor: 1e6 },
  fan: { suffix: 'fan_rpm', divisor: 1 },
  freq: { suffix: 'clock_mhz', divisor: 1e6 },
};

const inputPattern = /^(.*\/hwmon\d+)\/(temp|power|fan|freq)(\d+)_(?:input|average)$/;

/** True for the files of a hwmon folder that `readHwmon` reads. */
export const isHwmonFile = (name: string): boolean =>
  name === 'name' || /^(?:temp|power|fan|freq)\d+_(?:input|average|label)$/.test(name);

const textIn = (files: SystemTexts, path: string): string | null => {
  const file = files[path];
  return file && 'text' in file && file.text.trim() !== '' ? file.text.trim() : null;
};

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

/** Sensors below /sys/class/hwmon: millidegrees, microwatts, revolutions, hertz. */
export const readHwmon = (files: SystemTexts): ToolOutput => {
  const output = emptyOutput();
  for (const path of Object.keys(files).sort()) {
    const [, folder = '', kind = '', number = ''] = inputPattern.exec(path) ?? [];
    const meaning = kinds[kind];
    if (!meaning) continue;
    const chip = textIn(files, `${folder}/name`) ?? folder.slice(folder.lastIndexOf('/') + 1);
    const label = textIn(files, `${folder}/${kind}${number}_label`) ?? `${kind}${number}`;
    const raw = numberIn(files, path);
    const value = 'value' in raw ? { value: raw.value / meaning.divisor } : raw;
    output.readings.push(readingOf(`hwmon:${chip}`, `${slug(label)}_${meaning.suffix}`, value));
  }
  return output;
};
