import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { judgeRun } from '../../../src/main/throughput/runs/judge.ts';
import type { ThroughputRun } from '../../../src/shared/model/throughput-run.ts';
import { openRunStore } from '../../fixtures/open-run-store.ts';
import { evidenceOf, readingAt, telemetryRecord } from '../../fixtures/run-evidence.ts';
import { scratchFolder } from '../../fixtures/scratch.ts';

let folder: string;
beforeEach(() => {
  folder = scratchFolder();
});
const open = () => {
  const opened = openRunStore(folder);
  onTestFinished(opened.close);
  return opened;
};

const runOf = (id: number, more: Partial<ThroughputRun> = {}): ThroughputRun => {
  const telemetry = telemetryRecord([
    readingAt(5e12 + 0.1, 'power_w', 1 / 3),
    readingAt(5e12 + 2, 'it\'s "quoted", \u0000 and \ud83d\ude80', null),
  ]);
  const run = judgeRun(evidenceOf({ ms: [0.1, 1 / 3, 1e-6, 123_456.789] }, { telemetry }));
  return { ...run, id: `run-${id.toString(16).padStart(16, '0')}`, ...more };
};

describe('a stored run', () => {
  it('comes back exactly as it was, every number bit for bit', async () => {
    const { store } = open();
    const run = runOf(1);
    run.samples[1] = { ...run.samples[1]!, startNs: null, deviceNs: 9_007_199_254_740_994, excluded: "a 'rule'" };
    run.samples[2] = { ...run.samples[2]!, durationNs: Number.MIN_VALUE, startNs: 1.7976931348623157e308 };
    await store.record([run]);
    expect(await open().store.get(run.id)).toEqual(run);
    const many = runOf(2, {
      samples: Array.from({ length: 5000 }, (_, n) => ({ ...run.samples[0]!, durationNs: n + 0.1 })),
    });
    await store.record([many, runOf(3, { samples: [], readings: [] })]);
    expect(await store.get(many.id)).toEqual(many);
    expect(await store.get(runOf(3).id)).toMatchObject({ samples: [], readings: [] });
    expect(readdirSync(join(folder, 'runs', runOf(3).id))).toEqual(['run.json']);
  });

  it('is listed latest first, without samples, and can be the baseline of its workload', async () => {
    const { store, log } = open();
    await store.record([runOf(1), runOf(2, { label: 'two', session: undefined })]);
    await store.record([runOf(3, { workload: { id: 'x', hash: 'other', definition: {} } })]);
    const ids = () => store.list().map(({ id, baseline }) => [Number.parseInt(id.slice(4), 16), baseline]);
    expect(ids()).toEqual([
      [3, false],
      [2, false],
      [1, false],
    ]);
    expect(store.list()[1]).toMatchObject({ label: 'two', fingerprintHash: runOf(2).fingerprint.hash });
    expect(store.list()[1]).not.toHaveProperty('samples');
    expect(store.pin(runOf(1).id, true)).toMatchObject({ baseline: true });
    store.pin(runOf(3).id, true);
    expect(ids()).toEqual([
      [3, true],
      [2, false],
      [1, true],
    ]);
    store.pin(runOf(2).id, true);
    expect(ids()).toEqual([
      [3, true],
      [2, true],
      [1, false],
    ]);
    const before = log.verify().entries;
    store.pin(runOf(2).id, true);
    store.pin(runOf(1).id, false);
    expect(log.verify().entries).toBe(before);
    expect(store.pin(runOf(2).id, false)).toMatchObject({ baseline: false });
    expect(ids()).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
    expect(() => store.pin('run-nothing', true)).toThrow('unknown run: run-nothing');
  });

  it('is recorded once, however often it comes', async () => {
    const { store, log } = open();
    expect(await store.record([runOf(1)])).toMatchObject({ known: [] });
    expect(await store.record([runOf(1, { label: 'again' }), runOf(2)])).toMatchObject({
      known: [runOf(1).id],
      runs: [{ id: runOf(1).id }, { id: runOf(2).id }],
    });
    expect((await store.get(runOf(1).id)).label).toBeUndefined();
    expect(log.entries({ kind: 'run-recorded' })).toHaveLength(2);
  });

  it.each([
    ['missing', 'samples.parquet', 'missing', (path: string) => rmSync(path)],
    ['longer', 'samples.parquet', 'not what was recorded', (path: string) => appendFileSync(path, 'x')],
    ['replaced', 'run.json', 'not what was recorded', (path: string) => writeFileSync(path, '{}')],
  ])(
    'with a file that is %s is refused in one sentence, and can be recorded again',
    async (_how, name, words, harm) => {
      const { store } = open();
      const run = runOf(1);
      await store.record([run]);
      harm(join(folder, 'runs', run.id, name));
      await expect(store.get(run.id)).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: `a file of this run is ${words}, measure or import it again: runs/${run.id}/${name}`,
      });
      expect(store.list()).toHaveLength(1);
      expect(await store.record([run])).toMatchObject({ known: [] });
      expect(await store.get(run.id)).toEqual(run);
      expect(store.list()).toHaveLength(1);
    },
  );

  it('is unknown where only its folder is there, and a half-filled folder is swept away', async () => {
    const { store } = open();
    await store.record([runOf(1)]);
    mkdirSync(join(folder, 'runs', runOf(7).id));
    writeFileSync(join(folder, 'runs', runOf(7).id, 'run.json'), '{"half":');
    mkdirSync(join(folder, 'runs', `${runOf(8).id}.partial`));
    expect(store.list()).toHaveLength(1);
    await expect(store.get(runOf(7).id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.get('../..')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store.record([runOf(7)]);
    expect(await store.get(runOf(7).id)).toEqual(runOf(7));
    expect(readdirSync(join(folder, 'runs')).sort()).toEqual([runOf(1).id, runOf(7).id]);
  });

  it('that could not be read back is not kept', async () => {
    const { store } = open();
    const broken = runOf(1);
    broken.samples[0] = { ...broken.samples[0]!, durationNs: Number.NaN };
    await expect(store.record([runOf(2), broken])).rejects.toThrow();
    expect(store.list()).toEqual([]);
  });
});

interface Writer {
  told: [id: string, samples: number][];
  kill(): Promise<void>;
}

const startWriter = (name: string): Writer => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'record-loop.ts'), folder, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const told: Writer['told'] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [id = '', samples] = line.split(' ');
    told.push([id, Number(samples)]);
  });
  return {
    told,
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
};

it('kill -9 of two writers at any moment loses no committed run and leaves no half one', async () => {
  const told: Writer['told'] = [];
  for (let round = 0; round < 3; round += 1) {
    const writers = [startWriter(String(2 * round)), startWriter(String(2 * round + 1))];
    while (writers.some((writer) => writer.told.length < 2 + round)) await systemClock.sleep(7 + round);
    await Promise.all(writers.map((writer) => writer.kill()));
    for (const writer of writers) told.push(...writer.told);
  }
  const { store, log } = open();
  expect(log.verify()).toMatchObject({ brokenAt: null });
  const listed = new Map(store.list().map((summary) => [summary.id, summary]));
  const kept = new Map<string, number>();
  for (const id of listed.keys()) kept.set(id, (await store.get(id)).samples.length);
  for (const [id, samples] of told) expect(kept.get(id)).toBe(samples);
  // A writer may have died between its commit and its word: that run is whole as well.
  expect(listed.size - told.length).toBeLessThanOrEqual(6);
  await store.record([runOf(1)]);
  expect(readdirSync(join(folder, 'runs')).filter((name) => name.endsWith('.partial'))).toEqual([]);
});
