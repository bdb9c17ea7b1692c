import { UserFault } from '../../../shared/errors.ts';
import type { Workload } from '../../../shared/model/workload.ts';
import type { OnnxDefinition, OnnxSchedule, SessionOptions, Tolerance } from '../../../shared/onnx/definition.ts';
import { visibleText } from '../../../shared/visible-text.ts';
import { modelInputs } from '../onnx-model/model-inputs.ts';
import type { OnnxModel } from '../onnx-model/reader.ts';
import { onnxWorkload, usualSchedule, usualSession } from './onnx-workloads.ts';

/** A model of the user's as it was read: its bytes by their SHA-256, and those of the files beside it. */
export interface OnnxFile {
  /** Only for sentences and as the id of the workload: neither name nor path is part of it. */
  name: string;
  model: OnnxModel;
  sha256: string;
  /** SHA-256 of each external data file by the location the model names; null where there is no such file. */
  externalData: Record<string, string | null>;
}

export interface OnnxFileChoice {
  shapes?: Record<string, number[]>;
  batch?: number;
  seed: number;
  durationMs: number;
  provider?: string;
  /** A label: what the model computes in is in its bytes. */
  precision?: string;
  item?: string;
  session?: Partial<SessionOptions>;
  schedule?: Partial<OnnxSchedule>;
  tolerance?: Tolerance;
}

/** How far the last iteration may be from the first one on the same machine. */
const usualTolerance: Tolerance = { absolute: 1e-5, relative: 1e-3 };

/** ONNX Runtime refuses files outside the model's folder as well; here it is said before anything is read. */
export const checkedLocation = (location: string, name: string): string => {
  const parts = location.split(/[/\\]/);
  if (location === '' || parts.includes('..') || /^(?:[/\\]|[A-Za-z]:)/.test(location))
    throw new UserFault(
      `external data must lie in the folder of the model, ${visibleText(name)} names: "${visibleText(location)}"`,
    );
  return location;
};

const externalDataOf = ({ name, model, externalData }: OnnxFile): { location: string; sha256: string }[] =>
  model.externalData.map((location) => {
    const sha256 = externalData[checkedLocation(location, name)];
    if (!sha256)
      throw new UserFault(
        `the model keeps weights in a file beside it that is missing, put it next to ${visibleText(name)}: ${visibleText(location)}`,
      );
    return { location, sha256 };
  });

/** The workload of a user's model: one item is one inference unless a batch is given. */
export const onnxFileWorkload = (file: OnnxFile, choice: OnnxFileChoice): Workload => {
  const { shapes = {}, batch, seed, precision = 'model' } = choice;
  const definition: OnnxDefinition = {
    runner: 'onnx',
    procedure: 1,
    model: { sha256: file.sha256, externalData: externalDataOf(file) },
    inputs: modelInputs(file.model.inputs, { shapes, seed, ...(batch === undefined ? {} : { batch }) }),
    session: { ...usualSession, ...choice.session },
    provider: choice.provider ?? 'cpu',
    precision,
    batch: batch ?? 1,
    item: choice.item ?? 'inference',
    schedule: { ...usualSchedule(choice.durationMs), ...choice.schedule },
    output: { reference: 'first-iteration', tolerance: choice.tolerance ?? usualTolerance },
  };
  const text = `an ONNX model of yours, opset ${file.model.opset ?? 'of other domains'}, ${file.model.nodes} nodes`;
  return onnxWorkload(file.name, definition, { precisions: [precision], text });
};
