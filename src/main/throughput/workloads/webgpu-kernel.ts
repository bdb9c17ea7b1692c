import type {
  ExpectedOutput,
  SeededValues,
  WebgpuBuffer,
  WebgpuDefinition,
  WebgpuStage,
} from '../../../shared/model/webgpu.ts';
import type { TierSizes } from './webgpu-tier.ts';

/** What a kernel is built for. */
export interface KernelChoice {
  sizes: TierSizes;
  precision: string;
  batch: number;
  seed: number;
}

/** The part of a definition that is the kernel's own; `exact` outputs get their digest when the definition is made. */
export interface KernelDraft {
  shapes: WebgpuDefinition['shapes'];
  types: WebgpuDefinition['types'];
  buffers: WebgpuBuffer[];
  stages: WebgpuStage[];
  transfer?: WebgpuDefinition['transfer'];
  expected: Extract<ExpectedOutput, { kind: 'near' }> | { kind: 'exact'; type: 'u32' | 'i32' | 'f32' };
  item: WebgpuDefinition['item'];
  languageFeatures?: string[];
}

export interface ReferenceKernel {
  id: string;
  /** What it stresses, for a person. */
  text: string;
  precisions: [string, ...string[]];
  /** The largest batch that means something; 1 where none does. */
  maximumBatch: number;
  draft(choice: KernelChoice): KernelDraft;
}

export const bytesOf: Record<SeededValues['type'], number> = { f32: 4, f16: 2, i8: 1, u32: 4 };

/** Primes, so that no tile or vector width divides them and a value from the wrong tile is a wrong value. */
export const [rowPeriod, columnPeriod, streamPeriod] = [61, 53, 16381];

export const seededInput = (name: string, shape: Omit<SeededValues, 'generator'>): WebgpuBuffer => ({
  name,
  role: 'input',
  bytes: shape.rows * shape.columns * bytesOf[shape.type],
  values: { generator: 'seeded-1', ...shape },
});

export const output = (name: string, count: number): WebgpuBuffer => ({ name, role: 'output', bytes: count * 4 });

/** Sixteen roundings of f32 for every accumulated product of mean size (1/3 for inputs uniform on [-1, 1)). */
export const productTolerance = (length: number): number => (16 * 2 ** -24 * length) / 3;

/** Declarations that make one text serve f32 and f16 storage; sums are always f32. */
export const storageTypes = (precision: string): string =>
  precision === 'f16'
    ? 'enable f16;\nalias Scalar = f16;\nalias Vector = vec4<f16>;'
    : 'alias Scalar = f32;\nalias Vector = vec4<f32>;';

/** A module's text as it is hashed: no leading, trailing or doubled blank lines. */
export const wgsl = (text: string): string =>
  `${text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')}\n`;
