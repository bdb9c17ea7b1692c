import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignmentOf, fallbackCount } from '../../../../src/runner/onnx/assignment.ts';

const profile = readFileSync(
  join(import.meta.dirname, '../../../fixtures/captures/onnxruntime/webgpu-profile.json'),
  'utf8',
);

describe('nodes by execution provider', () => {
  it('are counted in a profile of a session that asked for webgpu', () => {
    const assignment = assignmentOf(profile)!;
    expect([...assignment].sort()).toEqual([
      ['cpu', 11],
      ['webgpu', 14],
    ]);
    expect(fallbackCount(assignment, 'webgpu')).toBe(11);
    expect(fallbackCount(assignment, 'cpu')).toBe(14);
    expect(fallbackCount(assignment, 'cuda')).toBe(25);
  });

  it('are counted once, however often they ran', () => {
    const events = JSON.parse(profile) as unknown[];
    expect(assignmentOf(JSON.stringify([...events, ...events]))).toEqual(assignmentOf(profile));
  });

  it.each(['', 'null', '{}', '[]', '[null,{"cat":"Node"},{"cat":"Node","name":"a_kernel_time","args":{}}]'])(
    'are unknown in %j',
    (text) => {
      expect(assignmentOf(text)).toBeNull();
    },
  );
});
