import type { Timeline } from '../../shared/model/dataset.ts';
import { dayText, instantText, instantUs } from './days.ts';
import { labelMaturity } from './maturity/day-maturity.ts';
import type { OpenDataset } from './open-dataset.ts';
import { versionChanges } from './versions.ts';

/** Volume, labels, maturity and version changes per day of the whole dataset, as of a moment (default: the last one it knows). */
export async function timeline(dataset: OpenDataset, asOf?: string): Promise<Timeline> {
  const asOfUs = asOf ? instantUs(asOf) : dataset.lastInstantUs;
  const [{ days }, changes] = await Promise.all([labelMaturity(dataset, asOfUs), versionChanges(dataset)]);
  return {
    days: days.map(({ day, predictions, labelled, maturity }) => ({
      day: dayText(day),
      predictions,
      labelled,
      maturity,
    })),
    versionChanges: changes,
    versionColumns: dataset.versions,
    asOf: instantText(asOfUs),
  };
}
