import type { FeatureDrift } from '../../shared/model/drift.ts';
import type { CompareRequest } from '../../shared/model/request.ts';
import { featureDrift } from './drift/feature-drift.ts';
import type { OpenDataset } from './open-dataset.ts';
import { insideOf } from './restricted-rows.ts';
import { inEither, scopeOf } from './scope.ts';

/** The drift of each feature as the whole comparison of this request has it, without the rest. */
export const sliceFeatures = (
  dataset: OpenDataset,
  request: CompareRequest,
  signal?: AbortSignal,
): Promise<FeatureDrift[]> =>
  insideOf(dataset, request.within, signal, async (inside) => {
    const database = signal ? inside.database.withSignal(signal) : inside.database;
    const scope = await scopeOf(inside, request);
    const [size] = await database.rows<{ n: number }>(`SELECT count(*) AS n FROM row WHERE ${inEither(scope)}`);
    const { reference, current, within: whereSql } = scope;
    return featureDrift(inside, { reference, current, whereSql, rows: size!.n, ...(signal ? { signal } : {}) });
  });
