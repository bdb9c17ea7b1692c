import type { FeatureDrift } from '../../../shared/model/drift.ts';
import { contains, type DayRange, dayText } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { chosenFeatures, type FeatureDriftRequest, notMeasured } from './feature.ts';
import { featureGroups } from './feature-groups.ts';

export interface FeatureDays {
  feature: string;
  days: { day: string; drift: FeatureDrift }[];
  /** Why there are no days. */
  reason?: string;
}

/**
 * Each day of a range against the reference window, per feature, binned with the bound in `method`: stored for drawing, never an
 * alarm. A day inside the reference is compared with a reference that contains it.
 */
export async function featureDriftByDay(
  dataset: OpenDataset,
  request: Omit<FeatureDriftRequest, 'current'> & { range: DayRange },
): Promise<FeatureDays[]> {
  const database = request.signal ? dataset.database.withSignal(request.signal) : dataset.database;
  const { reference, range, whereSql = 'TRUE' } = request;
  const chosen = chosenFeatures(dataset, request.features);
  const from = Math.min(reference.from, range.from);
  const to = Math.max(reference.to, range.to);
  const span = `day BETWEEN ${from} AND ${to}`;
  const [groups, { day }] = await Promise.all([
    featureGroups(dataset, database, chosen, reference, { days: span, whereSql }),
    database.columns(`SELECT DISTINCT day FROM row WHERE ${span} AND (${whereSql}) ORDER BY day`),
  ]);
  const days = [...(day as Float64Array)];
  const before = days.filter((one) => contains(reference, one));
  const drawn = days.filter((one) => contains(range, one));
  const measured = groups.map(
    ({ feature, drift }): FeatureDays => ({
      feature: feature.name,
      days: drawn.map((one) => ({ day: dayText(one), drift: drift(before, [one]) })),
    }),
  );
  if (request.features) return measured;
  const rest = dataset.features.slice(chosen.length);
  return [
    ...measured,
    ...rest.map((feature) => ({ feature: feature.name, days: [], reason: notMeasured(dataset, feature).reason ?? '' })),
  ];
}
