import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readNvidiaCsv } from '../../../../../src/main/throughput/telemetry/nvidia-csv.ts';
import { nvidiaQuery } from '../../../../../src/main/throughput/telemetry/nvidia-fields.ts';
import { readNvidiaXml } from '../../../../../src/main/throughput/telemetry/nvidia-xml.ts';
import type { ToolOutput } from '../../../../../src/main/throughput/telemetry/reading.ts';
import { readRocmSmi } from '../../../../../src/main/throughput/telemetry/rocm-smi.ts';
import { capture, captureNames, nvidiaMachines, nvidiaSection } from '../../../../fixtures/nvidia-capture.ts';

const document = readFileSync(join(import.meta.dirname, '../../../../../docs/telemetry.md'), 'utf8');

/** One row of the table of machines: how many readings have a value, and those that have none by their reason. */
const row = (machine: string, { readings }: ToolOutput): string => {
  const own = readings.filter(({ device }) => device === readings[0]!.device);
  const reasons = new Map<string, string[]>();
  for (const { name, reason } of own)
    if (reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  const unknown = [...reasons].map(([reason, names]) => `*${reason}*: ${names.map((name) => `\`${name}\``).join(' ')}`);
  const known = own.filter(({ value }) => value !== null).length;
  return `| ${machine} | ${known} of ${own.length} | ${unknown.join('; ')} |`;
};

const rows = [
  ...Object.entries(nvidiaMachines).map(([machine, file]) => {
    const query = nvidiaQuery(nvidiaSection(machine, 'capabilities :: help-query-gpu'));
    return row(`\`${file}\``, readNvidiaCsv(nvidiaSection(machine, 'load :: query-gpu'), query));
  }),
  ...captureNames('nvidia-smi-xml').map((file) => row(`\`${file}\``, readNvidiaXml(capture(`nvidia-smi-xml/${file}`)))),
  ...captureNames('rocm-smi').map((file) => row(`\`${file}\``, readRocmSmi(capture(`rocm-smi/${file}`)))),
];

it.each(rows)('docs/telemetry.md says what is unknown on a captured machine: %s', (each) => {
  expect(document).toContain(each);
});
