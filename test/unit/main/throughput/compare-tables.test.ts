import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareTables } from '../../../../src/main/throughput/compare-tables.ts';
import { captureText, refusalOf } from './adapters/capture.ts';

const table = (path: string) => ({ name: basename(path), text: captureText(path) });

const torch113 = table('timm/benchmark-infer-amp-nhwc-pt113-cu117-rtx3090.csv');
const torch21 = table('timm/benchmark-infer-amp-nhwc-pt210-cu121-rtx3090.csv');
const nhwc = table('timm/benchmark-infer-amp-nhwc-pt240-cu124-rtx4090.csv');
const nchw = table('timm/benchmark-infer-amp-nchw-pt240-cu124-rtx4090.csv');

describe('two tables of one GPU', () => {
  const comparison = compareTables(torch113, torch21);

  it('have 792 models in common, 69 refused for another batch size', () => {
    expect(comparison).toMatchObject({ comparable: true, reasons: [], common: 792, compared: 723 });
    expect(comparison.refused).toHaveLength(69);
    expect(comparison.refused[0]!.reason).toMatch(/^another batch size: \d+ against \d+$/);
  });

  it('name what of the stack differs', () => {
    expect(comparison.differences).toEqual([
      { field: 'torch', baseline: '1.13', candidate: '2.1.0' },
      { field: 'cuda', baseline: '11.7', candidate: '12.1' },
    ]);
  });

  // Counted with Python's csv module over the same two files.
  it('list the models more than 5 % slower with their ratio, worst first', () => {
    expect(comparison.slower).toHaveLength(43);
    expect(
      comparison.slower.slice(0, 3).map(({ model, imageSize, ratio }) => [model, imageSize, ratio.toFixed(4)]),
    ).toEqual([
      ['regnety_064', 288, '0.4545'],
      ['regnetv_064', 288, '0.4568'],
      ['xception41p', 299, '0.6472'],
    ]);
    expect(comparison.slower.every(({ ratio }) => ratio < 0.95)).toBe(true);
  });

  it('list more with a smaller tolerance, and none against themselves', () => {
    expect(compareTables(torch113, torch21, 0.02).slower.length).toBeGreaterThan(43);
    expect(compareTables(torch113, torch113)).toMatchObject({
      compared: 929,
      refused: [],
      slower: [],
      differences: [],
    });
  });
});

describe('tables of different workloads', () => {
  it('are refused as a whole', () => {
    expect(compareTables(nhwc, nchw)).toMatchObject({
      comparable: false,
      reasons: ['layout differs: nhwc against nchw'],
      common: 1440,
      compared: 0,
      slower: [],
    });
  });

  it('are refused as a whole when the name says nothing', () => {
    expect(compareTables({ ...nhwc, name: 'before.csv' }, nhwc)).toMatchObject({
      comparable: false,
      reasons: ['the file name does not give precision and layout, so they may differ'],
      compared: 0,
    });
  });
});

const head = 'model,infer_img_size,infer_batch_size,infer_samples_per_sec,infer_step_time\n';
const own = (rows: string) => ({ name: torch113.name, text: head + rows });

describe('rows', () => {
  it('with batch 1024 and 1024.0 are of one batch size', () => {
    const before = own('vit,224,1024,1000,1024\nresnet,224,256,1000,256\n');
    const after = own('vit,224,1024.0,1000,1024\nresnet,224,512.0,1000,512\n');
    expect(compareTables(before, after)).toMatchObject({
      common: 2,
      compared: 1,
      refused: [{ model: 'resnet', imageSize: 224, reason: 'another batch size: 256 against 512' }],
    });
  });

  it('of one model at one size must not occur twice', () => {
    const twice = own('vit,224,1024,1000,1024\nvit,224,1024,900,1137\n');
    expect(refusalOf(() => compareTables(twice, twice))).toBe(
      `two rows of vit at 224, keep one of them: ${torch113.name}`,
    );
  });
});
