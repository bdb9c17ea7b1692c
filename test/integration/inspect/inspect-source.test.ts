import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectSource } from '../../../src/main/accuracy/inspect-source.ts';
import { datasetFile } from '../../../src/main/accuracy/samples/export-rows.ts';
import type { ExportShape } from '../../../src/main/accuracy/samples/scenario.ts';
import { lateDeliveries, silentFailure, slowLabels } from '../../../src/main/accuracy/samples/scenarios.ts';
import { sized } from '../../../src/main/accuracy/samples/write-sample.ts';
import { writeScenario } from '../../../src/main/accuracy/samples/write-scenario.ts';
import { removePath } from '../../../src/main/platform/files.ts';
import { quoteLiteral } from '../../../src/main/platform/sql.ts';
import { SourceProposal } from '../../../src/shared/model/dataset.ts';
import { quietWork, scratchDatabase, scratchFolder } from '../../fixtures/scratch.ts';

const real = join(import.meta.dirname, '../../fixtures/data');
const signal = new AbortController().signal;
const look = async (path: string): Promise<SourceProposal> =>
  SourceProposal.parse(await inspectSource(path, { signal }));

/** Parquet files made of one query each. */
async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = scratchFolder();
  const database = await scratchDatabase(folder);
  for (const [name, query] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    await database.run(`COPY (${query}) TO ${quoteLiteral(join(folder, name))} (FORMAT parquet)`);
  }
  return folder;
}

const predictions = `SELECT i AS prediction_id, TIMESTAMP '2026-01-01' + INTERVAL (i) MINUTE AS predicted_at,
  (i % 3 = 0)::INTEGER AS predicted, CASE WHEN i % 3 = 0 THEN 0.8 ELSE 0.2 END::DOUBLE AS score,
  chr(65 + i::INTEGER % 4) AS country, i * 0.37 AS amount FROM range(600) AS r(i)`;
const labels = `SELECT i AS prediction_id, (i % 3 = 0)::INTEGER AS label,
  TIMESTAMP '2026-01-03' + INTERVAL (i) MINUTE AS labelled_at FROM range(500) AS r(i)`;

describe('inspectSource on exports of a known meaning', () => {
  const shapes: ExportShape[] = [
    silentFailure(400).shape,
    {
      id: 'uuid',
      time: 'timestamptz',
      layout: 'single',
      names: { prediction_id: 'request_id', label_id: 'ref_id', label: 'y_true', predicted: 'y_pred' },
    },
    { id: 'text', time: 'text', layout: 'nested', names: { predicted_at: 'ts', score: 'confidence' } },
  ];
  const scenarios = [silentFailure(400), slowLabels, lateDeliveries].flatMap((scenario) =>
    shapes.map(
      (shape, index) =>
        [
          `${scenario.name}, ${shape.layout}`,
          sized(
            {
              ...scenario,
              shape: index === 0 ? scenario.shape : { ...shape, names: { ...scenario.shape.names, ...shape.names } },
            },
            300,
            75,
          ),
        ] as const,
    ),
  );

  it.each(scenarios)('proposes what %s was written as', async (_, scenario) => {
    const folder = scratchFolder();
    const file = await writeScenario(scenario, folder, 1, quietWork);
    await removePath(file);
    const { proposal, existing, remarks } = await look(folder);
    const { name: _name, ...meaning } = datasetFile(scenario);
    const single = scenario.shape.layout === 'single';
    const path = (side: string) => (single ? `${side}/part-0.parquet` : side);
    expect(existing).toBeNull();
    expect(proposal, remarks.join('\n')).toMatchObject({
      ...meaning,
      predictions: { ...meaning.predictions, path: path('predictions') },
      labels: { ...meaning.labels, path: path('labels') },
    });
  });

  it('knows Massachusetts employment: two files of predictions beside the labels, no label time', async () => {
    const folder = join(real, 'employment-ma');
    const found = await look(join(folder, 'dataset.yaml'));
    expect(found.existing).toBe(join(folder, 'dataset.yaml'));
    expect(found.tables.map((table) => [table.files, table.rows])).toEqual([
      [2, 277_677],
      [1, 277_677],
    ]);
    expect(found.proposal!.segments).toContain('RELP');
  });

  it.each(['employment-ma', 'california-housing'])('guesses %s without its dataset file', async (name) => {
    const folder = scratchFolder();
    for (const file of ['reference_predictions.parquet', 'analysis_predictions.parquet', 'labels.parquet']) {
      symlinkSync(join(real, name, file), join(folder, file));
    }
    const { proposal, remarks } = await look(folder);
    expect(proposal).toMatchObject({
      task: 'binary',
      predictions: {
        path: '*_predictions.parquet',
        id: 'prediction_id',
        time: 'ts',
        value: 'y_pred',
        score: 'y_pred_proba',
        scoreOf: 'positive',
      },
      labels: { path: 'labels.parquet', id: 'prediction_id', value: 'label' },
      positiveClass: 1,
    });
    expect(proposal!.segments).toContain(name === 'employment-ma' ? 'RELP' : 'lat_band');
    expect(proposal!.labels.time).toBeUndefined();
    expect(remarks).toContain('no column says when a label arrived, so label latency will not be measurable');
  });
});

describe('inspectSource on odd folders', () => {
  it('says that labels are missing when there is one table', async () => {
    const { proposal, remarks, tables } = await look(await folderOf({ 'predictions.parquet': predictions }));
    expect(proposal).toBeNull();
    expect(tables).toHaveLength(1);
    expect(remarks.join('\n')).toContain('labels are missing');
  });

  it('takes one table with both sides as both', async () => {
    const both = `SELECT p.*, l.label, l.labelled_at FROM (${predictions}) AS p LEFT JOIN (${labels}) AS l USING (prediction_id)`;
    const { proposal } = await look(await folderOf({ 'export.parquet': both }));
    expect(proposal).toMatchObject({
      predictions: { path: 'export.parquet', value: 'predicted', time: 'predicted_at' },
      labels: { path: 'export.parquet', id: 'prediction_id', value: 'label', time: 'labelled_at' },
      segments: ['country'],
      features: ['amount'],
    });
  });

  it('joins by values when the key has two names, and says so', async () => {
    const renamed = labels.replace('AS prediction_id', 'AS reference_id');
    const { proposal, remarks } = await look(await folderOf({ 'p.parquet': predictions, 'l.parquet': renamed }));
    expect(proposal!.labels.id).toBe('reference_id');
    expect(remarks.join('\n')).toContain('100 % of the sampled label ids have a prediction');
  });

  it('says when no label belongs to any prediction', async () => {
    const foreign = labels.replace('i AS prediction_id', 'i + 100000 AS prediction_id');
    const { remarks } = await look(await folderOf({ 'p.parquet': predictions, 'l.parquet': foreign }));
    expect(remarks.join('\n')).toContain('no id of the labels was found among the predictions');
  });

  it('asks for the predicted class when only a probability was exported', async () => {
    const chances = predictions
      .replace('(i % 3 = 0)::INTEGER AS predicted, CASE', 'CASE')
      .replace('AS score', 'AS prediction');
    const { proposal, remarks } = await look(await folderOf({ 'p.parquet': chances, 'labels.parquet': labels }));
    expect(proposal).toBeNull();
    expect(remarks.join('\n')).toContain('export the predicted class');
  });

  it('reads integer epochs as times', async () => {
    const epochs = predictions.replace(
      /TIMESTAMP '2026-01-01'.*?AS predicted_at/s,
      '1767225600000 + i * 60000 AS event_time',
    );
    const { proposal } = await look(await folderOf({ 'p.parquet': epochs, 'labels.parquet': labels }));
    expect(proposal!.predictions.time).toBe('event_time');
  });

  it('keeps partition folders that are groups as segments and dates apart from them', async () => {
    const { proposal, tables } = await look(
      await folderOf({
        'p/region=north/dt=2026-01-01/a.parquet': predictions,
        'p/region=south/dt=2026-01-01/a.parquet': predictions.replace('SELECT i AS', 'SELECT i + 600 AS'),
        'l/dt=2026-01-03/a.parquet': labels,
      }),
    );
    expect(tables.map((table) => table.path)).toEqual(['p', 'l']);
    expect(proposal!.segments).toEqual(['country', 'region']);
    expect([...proposal!.segments, ...proposal!.features!]).not.toContain('dt');
  });

  it('leaves a third table out and says so', async () => {
    const { remarks, tables } = await look(
      await folderOf({
        'p.parquet': predictions,
        'labels.parquet': labels,
        'shops.parquet': "SELECT 1 AS shop, 'x' AS town",
      }),
    );
    expect(tables).toHaveLength(3);
    expect(remarks).toContain('shops.parquet has other columns and was left out');
  });

  it('treats a column that appears later as part of the same table', async () => {
    const wider = predictions.replace('AS amount', 'AS amount, i AS extra').replace('SELECT i AS', 'SELECT i + 600 AS');
    const { tables } = await look(
      await folderOf({ 'p/a.parquet': predictions, 'p/b.parquet': wider, 'labels/a.parquet': labels }),
    );
    expect(tables.map((table) => [table.path, table.files])).toEqual([
      ['p', 2],
      ['labels/a.parquet', 1],
    ]);
  });

  it('survives hostile names and values', async () => {
    const evil = `"a""; DROP TABLE x; --\n<script>"`;
    const hostile = `SELECT *, CASE i % 3 WHEN 0 THEN '''; --' WHEN 1 THEN E'line\\nbreak' ELSE '<img src=x>' END AS ${evil}
      FROM (SELECT prediction_id AS i, * FROM (${predictions}))`;
    const { proposal, remarks } = await look(await folderOf({ "it's [1].parquet": hostile, 'labels.parquet': labels }));
    expect(proposal!.predictions.path).toBe("it's [1].parquet");
    expect(proposal!.segments).toContain('a"; DROP TABLE x; --\n<script>');
    expect(remarks.every((remark) => !remark.includes('\n'))).toBe(true);
  });

  it('handles two thousand columns', { timeout: 60_000 }, async () => {
    const wide = Array.from({ length: 2000 }, (_, k) => `i * ${k} AS c${k}`).join(', ');
    const { proposal, tables } = await look(
      await folderOf({
        'p.parquet': `SELECT p.*, ${wide} FROM (SELECT prediction_id AS i, * FROM (${predictions})) AS p`,
        'labels.parquet': labels,
      }),
    );
    expect(tables[0]!.columns).toHaveLength(2007);
    expect(proposal!.predictions.id).toBe('prediction_id');
  });

  it('names damaged files and goes on', async () => {
    const folder = await folderOf({
      'p/a.parquet': predictions,
      'p/b.parquet': predictions,
      'labels/a.parquet': labels,
    });
    truncateSync(join(folder, 'p/b.parquet'), 500);
    writeFileSync(join(folder, 'p/c.parquet'), '');
    const { proposal, remarks } = await look(folder);
    expect(proposal!.predictions.path).toBe('p/a.parquet');
    expect(remarks.join('\n')).toContain(
      '2 of 4 files cannot be read as Parquet and were left out, first: p/b.parquet',
    );
  });

  it('ends in a folder that contains itself', async () => {
    const folder = await folderOf({ 'p.parquet': predictions, 'labels.parquet': labels });
    symlinkSync(folder, join(folder, 'again'));
    expect((await look(folder)).tables).toHaveLength(2);
  });

  it('reports an empty table as what it is', async () => {
    const { tables, proposal } = await look(
      await folderOf({ 'p.parquet': `${predictions} LIMIT 0`, 'labels.parquet': labels }),
    );
    expect(tables.find((table) => table.path === 'p.parquet')!.rows).toBe(0);
    expect(proposal).toBeNull();
  });

  it('uses a dataset.yaml in the folder, and says why not when it is broken', async () => {
    const folder = await folderOf({ 'p.parquet': predictions, 'labels.parquet': labels });
    const guess = (await look(folder)).proposal!;
    writeFileSync(join(folder, 'dataset.yaml'), JSON.stringify({ ...guess, name: 'mine' }));
    const declared = await look(folder);
    expect([declared.existing, declared.proposal!.name]).toEqual([join(folder, 'dataset.yaml'), 'mine']);
    writeFileSync(join(folder, 'dataset.yaml'), 'name: [');
    const broken = await look(folder);
    expect(broken.proposal).toEqual(guess);
    expect(broken.remarks[0]).toContain('dataset.yaml in this folder was not used');
  });

  it('looks at one file alone', async () => {
    const folder = await folderOf({ 'p.parquet': predictions, 'labels.parquet': labels });
    const { tables, folder: base } = await look(join(folder, 'labels.parquet'));
    expect([base, tables.map((table) => table.path)]).toEqual([folder, ['labels.parquet']]);
  });
});

describe('inspectSource refuses', () => {
  it.each([
    ['nothing', 'path not found'],
    ['notes.txt', 'neither a folder, a Parquet file nor a dataset.yaml'],
    ['empty', 'no Parquet files here (1 other file)'],
    ['broken', 'no readable Parquet file (1 damaged), export again, first: '],
  ])('%s: %s', async (name, message) => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'notes.txt'), 'x');
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'empty', 'data.csv'), 'a,b');
    mkdirSync(join(folder, 'broken'));
    writeFileSync(join(folder, 'broken', 'a.parquet'), 'PAR1');
    const failed = inspectSource(join(folder, name), { signal });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('stops at once when cancelled', async () => {
    const folder = await folderOf({ 'p.parquet': predictions });
    await expect(inspectSource(folder, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
