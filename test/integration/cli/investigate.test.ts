import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { writeSample } from '../../../src/main/accuracy/samples/write-sample.ts';
import { sha256 } from '../../../src/main/platform/hash.ts';
import { CheckStatus, EvidenceReference } from '../../../src/shared/model/checklist.ts';
import { AccuracyComparison } from '../../../src/shared/model/comparison.ts';
import { resolve } from '../../fixtures/json-pointer.ts';
import { quietWork } from '../../fixtures/scratch.ts';
import { runCli } from './run-cli.ts';

const Answer = z.strictObject({
  id: z.string(),
  axis: z.literal('accuracy'),
  comparison: AccuracyComparison,
  checklist: z.array(
    z.looseObject({
      id: z.string(),
      status: CheckStatus,
      expected: z.string().min(1),
      observed: z.string().nullable(),
      evidence: z.array(EvidenceReference),
      reason: z.string().nullable(),
    }),
  ),
  verdict: z.literal('regression'),
});

let folder: string;
let workspace: string;
let yaml: string;
let answer: z.infer<typeof Answer>;

const windows = ['--reference', '2026-03-02..2026-04-30', '--current', '2026-05-01..2026-05-12'];
const run = (...args: string[]) => runCli(workspace, args);
const investigate = (...args: string[]) => run('investigate', 'accuracy', yaml, ...windows, ...args);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-investigate-'));
  workspace = join(folder, 'workspace');
  yaml = await writeSample('lower-everywhere', join(folder, 'data'), {
    seed: 3,
    rowsPerDay: 300,
    days: 72,
    work: quietWork,
  });
  const { code, stdout, stderr } = await investigate('--json');
  expect([code, stderr]).toEqual([0, '']);
  answer = Answer.parse(JSON.parse(stdout));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('investigate accuracy', () => {
  test('answers one document: the comparison and every item, decided or with a reason', () => {
    expect(answer.checklist).toHaveLength(17);
    expect(answer.checklist.find(({ id }) => id === 'relation')?.status).toBe('FAILED');
    for (const { id, status, observed, evidence, reason } of answer.checklist) {
      if (status === 'NOT DONE') expect([id, reason]).not.toEqual([id, null]);
      else expect([id, observed === null, evidence.length > 0]).toEqual([id, false, true]);
    }
  });

  test('evidence lies in the workspace by its hash, and every pointer leads to a value', () => {
    for (const { artifact, pointer } of answer.checklist.flatMap(({ evidence }) => evidence)) {
      const text = readFileSync(join(workspace, 'artifacts', artifact), 'utf8');
      expect(sha256(text)).toBe(artifact);
      expect([pointer, resolve(JSON.parse(text), pointer)]).not.toEqual([pointer, undefined]);
    }
  });

  test('prints the checklist as text, with the title and the way on', async () => {
    const { code, stdout } = await investigate('--title', 'May \u001b[31mred', '--fail-on', 'regression');
    expect(code).toBe(3);
    expect(stdout).toMatch(/^REGRESSION {2}May \ufffd\[31mred\n/);
    expect(stdout).toContain('FAILED    Did the relation between inputs and truth change?');
    expect(stdout).toMatch(/driftbench report [0-9a-f]{12} --format html --out report.html/);
  });

  test('uses a checklist of the workspace, and says in one sentence what is wrong with it', async () => {
    const other = join(folder, 'with-own');
    mkdirSync(join(other, 'checklists'), { recursive: true });
    const own = join(other, 'checklists', 'ours.yaml');
    const text = `id: ours\nversion: 1\naxis: accuracy\ntitle: Ours\nphases: [{ id: contract, title: The contract }]\nitems:
  - { id: penalty, phase: contract, question: Is a penalty due?, why: We pay below 90 %., evidence: where,
      expected: No segment fell., decide: [{ when: fallen = 0, status: WARNED }], remedy: Tell them., source: Contract }\n`;
    const args = ['investigate', 'accuracy', yaml, ...windows, '--json'];
    writeFileSync(own, text.replace('evidence: where', 'evidence: luck'));
    const refused = await runCli(other, args);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toMatch(
      /^checklists\/ours\.yaml: item penalty, field evidence: unknown provider, .*: luck\n$/,
    );
    writeFileSync(own, text);
    const { stdout } = await runCli(other, args);
    expect(Answer.parse(JSON.parse(stdout)).checklist.at(-1)).toMatchObject({ id: 'penalty', status: 'WARNED' });
  });

  test('interrupted, it leaves no investigation behind', async () => {
    const log = async () => {
      const { openSqlite } = await import('../../../src/main/platform/sqlite.ts');
      const database = openSqlite(join(workspace, 'workbench.db'));
      const kinds = database.prepare("SELECT count(*) AS n FROM log WHERE kind = 'investigation-opened'").get();
      database.close();
      return (kinds as { n: number }).n;
    };
    const before = await log();
    for (let afterMs = 300; afterMs < 20_000; afterMs *= 1.3) {
      const args = ['investigate', 'accuracy', yaml, ...windows, '--seed', String(Math.round(afterMs))];
      const ended = await runCli(workspace, args, { interruptAfterMs: afterMs });
      if (ended.code !== 130) continue;
      expect(ended.stderr).toBe('cancelled\n');
      expect(await log()).toBe(before);
      return;
    }
    throw new Error('no interruption came in time');
  });
});

describe('report', () => {
  test.each(['html', 'json'])('writes %s, the same bytes every time', async (format) => {
    const [first, second] = [join(folder, `first.${format}`), join(folder, `second.${format}`)];
    const written = await run('report', answer.id, '--format', format, '--out', first, '--json');
    expect(written).toMatchObject({ code: 0, stderr: '' });
    const text = readFileSync(first, 'utf8');
    expect(JSON.parse(written.stdout)).toMatchObject({
      investigation: answer.id,
      format,
      path: first,
      sha256: sha256(text),
    });
    expect((await run('report', answer.id, '--format', format, '--out', second)).stdout).toContain(sha256(text));
    expect(readFileSync(second, 'utf8')).toBe(text);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test.each<[string, () => string[], RegExp]>([
    [
      'an investigation nobody knows',
      () => ['nobody', '--format', 'html', '--out', join(folder, 'x')],
      /^unknown investigation: nobody$/,
    ],
    [
      'a dataset instead',
      () => [answer.comparison.dataset.id, '--format', 'json', '--out', join(folder, 'x')],
      /^unknown investigation: lower-everywhere/,
    ],
    [
      'pdf',
      () => [answer.id, '--format', 'pdf', '--out', join(folder, 'x')],
      /not available in this version, .*: pdf$/,
    ],
    [
      'a bundle',
      () => [answer.id, '--format', 'bundle', '--out', join(folder, 'x')],
      /not available in this version, .*: bundle$/,
    ],
    [
      'a format nobody knows',
      () => [answer.id, '--format', 'docx', '--out', join(folder, 'x')],
      /^--format takes html or json: docx$/,
    ],
    [
      'a folder that is not there',
      () => [answer.id, '--format', 'json', '--out', join(folder, 'no', 'x')],
      /^folder not found, create it first: /,
    ],
    [
      'a folder as file',
      () => [answer.id, '--format', 'json', '--out', folder],
      /^expected a file, found a folder, add a name: /,
    ],
    ['no file', () => [answer.id, '--format', 'json'], /--out/],
  ])('refuses %s in one sentence', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await run('report', ...args());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')).toHaveLength(2);
    expect(stderr.trimEnd()).toMatch(sentence);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});
