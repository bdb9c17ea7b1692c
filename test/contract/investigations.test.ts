import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSample } from '../../src/main/accuracy/samples/write-sample.ts';
import { systemClock } from '../../src/main/platform/clock.ts';
import { createDirectClient } from '../../src/main/transport/direct.ts';
import { createWorkbench, type Workbench } from '../../src/main/workbench.ts';
import type { contract } from '../../src/shared/contract.ts';
import { WorkbenchError } from '../../src/shared/errors.ts';
import type { Choice, Conclusion, Investigation } from '../../src/shared/model/investigation.ts';
import { CompareRequest } from '../../src/shared/model/request.ts';
import { runJob } from '../../src/shared/run-job.ts';
import { conclusion } from '../fixtures/investigation-log.ts';
import { quietWork } from '../fixtures/scratch.ts';
import { type Opened, transports } from './transports.ts';

let folder: string;
let workbench: Workbench;
let request: CompareRequest;
const defects: unknown[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-investigations-'));
  const options = { seed: 3, rowsPerDay: 150, days: 72, work: quietWork };
  const path = await writeSample('lower-everywhere', join(folder, 'data'), options);
  const workspace = join(folder, 'workspace');
  const onDefect = (error: unknown) => defects.push(error);
  workbench = createWorkbench({ workspace, clock: systemClock, face: 'command line', onDefect });
  const client = createDirectClient<typeof contract>(workbench.router);
  const { id } = await runJob(client, client.datasets.import({ path }));
  request = CompareRequest.parse({
    dataset: id,
    reference: { from: '2026-03-02', to: '2026-04-30' },
    current: { from: '2026-05-01', to: '2026-05-12' },
  });
});
afterAll(async () => {
  await workbench.close();
  rmSync(folder, { recursive: true, force: true });
});

const fault = async (call: Promise<unknown>): Promise<[string, string]> => {
  const error = await call.then(
    () => new Error('the call succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(WorkbenchError);
  const { code, message } = error as WorkbenchError;
  return [code, message];
};

describe.each(transports)('an investigation over %s', (name, open) => {
  let opened: Opened<typeof contract>;
  let investigation: string;
  let first: Investigation;

  beforeAll(async () => {
    opened = await open<typeof contract>(workbench.router, (error) => defects.push(error));
    const { client } = opened;
    first = await runJob(client, client.investigations.open({ request, title: name }));
    investigation = first.id;
  });
  afterAll(async () => {
    await opened.close();
    expect(defects).toEqual([]);
  });

  const choose = (choice: Choice) => opened.client.investigations.choose({ investigation, choice });
  const answer = (item: string, sentence = 'we asked them'): Choice => ({
    kind: 'check-answered',
    item,
    status: 'PASSED',
    sentence,
  });

  test('is what was opened, also in the list', async () => {
    const { client } = opened;
    expect(await client.investigations.get({ investigation })).toStrictEqual(first);
    expect(first).toMatchObject({
      title: name,
      verdict: 'regression',
      segment: null,
      conclusion: null,
      undoable: null,
    });
    const listed = (await client.investigations.list()).find(({ id }) => id === investigation);
    expect(listed).toMatchObject({ title: name, verdict: 'regression', concluded: false, dataset: first.dataset });
  });

  test('brings its documents, its SQL and a history', async () => {
    const { client } = opened;
    const documents = await client.investigations.documents({ investigation });
    expect(documents.comparison.summary).toBe(first.summary);
    expect(documents.series.chunks.length).toBe(documents.timeline.days.length);
    const statements = await client.investigations.statements({ investigation });
    expect([...new Set(statements.map(({ part }) => part))].sort()).toEqual(
      expect.arrayContaining(['comparison', 'series']),
    );
    expect(
      statements.every(({ sql }) => /^(SELECT|CREATE|DROP|WITH|FROM)/.test(sql) && !/memory\.main\.\w+_\d/.test(sql)),
    ).toBe(true);
    const history = await client.investigations.history({ investigation });
    expect(history[0]).toMatchObject({ kind: 'investigation-opened', text: `investigation opened: ${name}` });
    expect(history.at(-1)?.seq).toBe(first.seq);
  });

  test('every choice is an entry, undo takes it back, undo of the undo brings it back', async () => {
    const { client } = opened;
    const renamed = await choose({ kind: 'title-changed', title: 'Other' });
    expect(renamed).toMatchObject({ title: 'Other', undoable: { seq: renamed.seq } });
    expect(await choose({ kind: 'title-changed', title: 'Other' })).toStrictEqual(renamed);
    const back = await client.investigations.undo({ investigation });
    expect(back.title).toBe(name);
    expect((await client.investigations.undo({ investigation, seq: back.seq })).title).toBe('Other');
    expect((await client.investigations.undo({ investigation })).title).toBe(name);
    // An earlier state can still be read.
    expect((await client.investigations.get({ investigation, seq: renamed.seq })).title).toBe('Other');
    expect(await fault(client.investigations.undo({ investigation }))).toEqual(['BAD_INPUT', 'nothing to take back']);
    expect((await fault(client.investigations.undo({ investigation, seq: first.seq })))[1]).toBe(
      `cannot be taken back, only choices can: ${first.seq}`,
    );
    expect((await fault(client.investigations.undo({ investigation, seq: renamed.seq })))[1]).toMatch(
      /^already taken back by entry \d+: \d+$/,
    );
  });

  test('a phase is completed when each of its items is decided, then a conclusion is written', async () => {
    const phase = 'where-and-since-when';
    expect(await fault(choose({ kind: 'phase-completed', phase }))).toEqual([
      'BAD_INPUT',
      'every item of a phase needs a status from evidence or a sentence first, still open: versions, serving',
    ]);
    await choose(answer('versions'));
    await choose(answer('serving'));
    const completed = await choose({ kind: 'phase-completed', phase });
    expect(completed.checklist.phases.map(({ completedAt }) => completedAt !== null)).toEqual([false, true, false]);
    const written = await choose({ kind: 'conclusion-written', conclusion });
    expect(written.conclusion).toMatchObject({ ...conclusion });
    expect((await opened.client.investigations.list()).find(({ id }) => id === investigation)?.concluded).toBe(true);
  });

  const concluded = (change: Partial<Conclusion>): Choice => ({
    kind: 'conclusion-written',
    conclusion: { ...conclusion, ...change },
  });

  test.each<[string, Choice, RegExp]>([
    ['an unknown item', answer('luck'), /^unknown checklist item: luck$/],
    ['an unknown phase', { kind: 'phase-completed', phase: 'later' }, /^unknown checklist phase: later$/],
    ['an unknown column', { kind: 'segment-chosen', segment: { contry: 'PT' } }, /^unknown segment column: contry$/],
    ['a sentence of blanks', answer('serving', '  '), /sentence|invalid value/],
    [
      'confirmed without how',
      concluded({ certainty: 'confirmed' }),
      /^a confirmed cause needs a sentence .*: probable$/,
    ],
    [
      'a cause that is ruled out',
      concluded({ ruledOut: [{ cause: 'relation', because: 'x' }] }),
      /^a cause cannot be concluded and ruled out at once: relation$/,
    ],
  ])('%s is refused in one sentence and leaves no entry', async (_what, choice, sentence) => {
    const before = await opened.client.investigations.get({ investigation });
    const [code, message] = await fault(choose(choice));
    expect(code).toBe('BAD_INPUT');
    expect(message).toMatch(sentence);
    expect((await opened.client.investigations.get({ investigation })).seq).toBe(before.seq);
  });

  test('is compared again over other windows, and taken back', async () => {
    const { client } = opened;
    await choose({ kind: 'segment-chosen', segment: { country: 'PT' } });
    const other = { ...request, current: { from: '2026-05-02', to: '2026-05-10' } };
    const again = await runJob(client, client.investigations.compare({ investigation, request: other }));
    expect(again).toMatchObject({ id: investigation, segment: null, request: other });
    expect(again.attachments.comparison).not.toBe(first.attachments.comparison);
    // The reference did not move, so neither did the series.
    expect(again.attachments.series).toBe(first.attachments.series);
    const back = await client.investigations.undo({ investigation });
    expect(back).toMatchObject({ request, segment: { country: 'PT' }, attachments: first.attachments });
    const foreign = client.investigations.compare({ investigation, request: { ...request, dataset: 'another' } });
    expect((await fault(runJob(client, foreign)))[1]).toMatch(/stays with its dataset, .*: another$/);
  });

  test('tells every watcher of every entry, until it leaves', async () => {
    const { client } = opened;
    const leave = new AbortController();
    const seen: number[] = [];
    const watching = (async () => {
      for await (const { seq } of await client.investigations.watch({ investigation }, { signal: leave.signal })) {
        seen.push(seq);
        if (seen.length === 1) await choose({ kind: 'title-changed', title: 'Watched' });
        if (seen.length === 2) {
          leave.abort();
          break;
        }
      }
    })();
    await watching.catch((error: unknown) => expect((error as WorkbenchError).code).toBe('CANCELLED'));
    expect(seen).toHaveLength(2);
    expect(seen[1]).toBe((await client.investigations.get({ investigation })).seq);
  });

  test('is reported, the same bytes every time and for every earlier state', async () => {
    const { client } = opened;
    const built = await client.reports.build({ investigation });
    expect(await client.reports.build({ investigation })).toStrictEqual(built);
    const early = await client.reports.build({ investigation, seq: first.seq });
    expect(early.seq).toBe(first.seq);
    expect(early.jsonSha256).not.toBe(built.jsonSha256);
  });

  test('that nobody knows is not found, whatever is asked of it', async () => {
    const { client } = opened;
    const nobody = { investigation: 'nobody' };
    const expected = ['NOT_FOUND', 'unknown investigation: nobody'];
    const watched = async () => {
      for await (const _seen of await client.investigations.watch(nobody)) return;
    };
    for (const call of [
      client.investigations.get(nobody),
      client.investigations.documents(nobody),
      client.investigations.statements(nobody),
      client.investigations.history(nobody),
      client.investigations.undo(nobody),
      client.investigations.choose({ ...nobody, choice: { kind: 'title-changed', title: 'x' } }),
      client.reports.build(nobody),
      watched(),
    ]) {
      expect(await fault(call)).toEqual(expected);
    }
  });
});
