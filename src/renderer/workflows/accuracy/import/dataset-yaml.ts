import { stringify } from 'yaml';
import type { DatasetFile } from '../../../../shared/model/dataset.ts';

/** The file as it will be kept beside the data. */
export const datasetYaml = (spec: DatasetFile): string =>
  stringify(spec, { lineWidth: 0, flowCollectionPadding: false });
