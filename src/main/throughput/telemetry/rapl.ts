import { numberIn, type SystemTexts } from './hwmon.ts';
import { emptyOutput, readingOf, type ToolOutput } from './reading.ts';

const zonePattern = /^(.*\/intel-rapl:(\d+(?::\d+)*))\/energy_uj$/;

/** Energy counters below /sys/class/powercap, one zone each; since kernel 5.10 only root may read them. */
export const readRapl = (files: SystemTexts): ToolOutput => {
  const output = emptyOutput();
  for (const path of Object.keys(files).sort()) {
    const [, folder = '', zone = ''] = zonePattern.exec(path) ?? [];
    if (zone === '') continue;
    const named = files[`${folder}/name`];
    const device = `rapl:${zone}`;
    const value = numberIn(files, path);
    const rooted = 'reason' in value && /more rights/.test(value.reason) ? { reason: 'only root may read it' } : value;
    output.readings.push(
      readingOf(device, 'energy_uj', rooted),
      readingOf(device, 'energy_range_uj', numberIn(files, `${folder}/max_energy_range_uj`)),
    );
    if (named && 'text' in named) output.facts.push({ device, name: 'zone', text: named.text.trim() });
  }
  return output;
};
