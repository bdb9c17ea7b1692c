import type { Adapter } from './adapter.ts';
import { type TableRow, tableOf } from './delimited.ts';
import { asNumber } from './fields.ts';
import type { RunDraft } from './imported-run.ts';
import { agree } from './quantity.ts';
import { type ResultFile, refusal } from './result-file.ts';

/** What the name of a timm results file says about every row in it. */
export interface TimmSetup {
  mode: string;
  precision: string;
  layout: string;
  torch: string;
  cuda: string;
  gpu: string;
}

const pattern = /^benchmark-(infer|train)-([a-z0-9]+)-(nchw|nhwc)-pt(\d{3})-cu(\d{3})-([\w.]+)\.csv$/i;

/** `113` is 1.13, `210` is 2.1.0: torch had two digits after the point while it was 1. */
const torchVersion = (digits: string): string =>
  digits.startsWith('1') ? `1.${digits.slice(1)}` : [...digits].join('.');

/** Null where the file was renamed: then layout, precision and stack are not known. */
export const timmSetup = (fileName: string): TimmSetup | null => {
  const [, mode, precision, layout, torch, cuda, gpu] = pattern.exec(fileName) ?? [];
  if (!mode || !precision || !layout || !torch || !cuda || !gpu) return null;
  return {
    mode,
    precision,
    layout: layout.toLowerCase(),
    torch: torchVersion(torch),
    cuda: `${cuda.slice(0, 2)}.${cuda.slice(2)}`,
    gpu,
  };
};

export interface TimmRow {
  model: string;
  imageSize: number;
  batch: number;
  imagesPerSecond: number;
  stepMs: number;
}

const needed = ['model', 'infer_img_size', 'infer_batch_size', 'infer_samples_per_sec', 'infer_step_time'];

const numberOf = (file: ResultFile, row: TableRow, column: string): number => {
  const value = asNumber(row.cell[column]);
  if (value === null || value <= 0) {
    throw refusal(file, `column ${column} is not a number above 0 in row ${row.number}, export the file again`);
  }
  return value;
};

export const timmRows = (file: ResultFile): TimmRow[] => {
  const { columns, rows } = tableOf(file);
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw refusal(file, `columns are missing (${missing.join(', ')}), export the file again`);
  return rows.map((row) => ({
    model: row.cell.model!,
    imageSize: numberOf(file, row, 'infer_img_size'),
    batch: numberOf(file, row, 'infer_batch_size'),
    imagesPerSecond: numberOf(file, row, 'infer_samples_per_sec'),
    stepMs: numberOf(file, row, 'infer_step_time'),
  }));
};

const draftOf = (setup: TimmSetup | null, row: TimmRow): RunDraft => {
  const implied = (row.batch / row.stepMs) * 1000;
  return {
    workload: `timm/${row.model}/${row.imageSize}`,
    definition: {
      harness: 'timm',
      mode: setup?.mode ?? 'infer',
      model: row.model,
      imageSize: row.imageSize,
      batch: row.batch,
      precision: setup?.precision,
      layout: setup?.layout,
    },
    item: 'image',
    executor: setup
      ? { name: setup.gpu, kind: 'gpu' }
      : { reason: 'the file name does not follow benchmark-infer-<precision>-<layout>-pt<torch>-cu<cuda>-<gpu>.csv' },
    fingerprint: setup ? { gpu: setup.gpu, torch: setup.torch, cuda: setup.cuda } : {},
    precision: setup?.precision ?? null,
    batch: row.batch,
    throughput: { value: row.imagesPerSecond, n: null, from: 'infer_samples_per_sec' },
    noLatency: 'the file has the mean time of a step, not its distribution',
    reported: [{ name: 'step time, mean', value: row.stepMs, unit: 'ms', n: null }],
    declared: [
      {
        name: 'images per step',
        declared: row.batch,
        executed: Math.round((row.imagesPerSecond * row.stepMs) / 1000),
        equal: agree(implied, row.imagesPerSecond, 0.05),
      },
    ],
    notes: setup
      ? []
      : ['precision, layout, torch, CUDA and GPU stand in the file name only, and this one was renamed'],
  };
};

export const timm: Adapter = {
  format: 'timm',
  recognises: ({ text }) => /^model,[^\n]*\binfer_samples_per_sec\b/.test(text.replace(/^\uFEFF/, '')),
  read: (file) => {
    const setup = timmSetup(file.name);
    return { runs: timmRows(file).map((row) => draftOf(setup, row)) };
  },
};
