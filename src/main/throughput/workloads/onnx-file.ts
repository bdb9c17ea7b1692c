import { basename, dirname, join } from 'node:path';
import { UserFault } from '../../../shared/errors.ts';
import { visibleText } from '../../../shared/visible-text.ts';
import { kindOf, readBytes } from '../../platform/files.ts';
import { sha256, sha256File } from '../../platform/hash.ts';
import { readOnnxModel } from '../onnx-model/reader.ts';
import { checkedLocation, type OnnxFile } from './onnx-file-workload.ts';

/** Reads and hashes a model of the user's and the files beside it that it names. */
export const openOnnxFile = async (path: string, signal?: AbortSignal): Promise<OnnxFile> => {
  const kind = await kindOf(path);
  if (kind !== 'file')
    throw new UserFault(`${kind === 'absent' ? 'no such file' : 'a folder, not an ONNX model'}: ${visibleText(path)}`);
  const bytes = await readBytes(path);
  const name = basename(path);
  const model = readOnnxModel(bytes, path);
  const externalData: Record<string, string | null> = Object.create(null);
  for (const location of model.externalData) {
    const file = join(dirname(path), checkedLocation(location, name));
    externalData[location] = (await kindOf(file)) === 'file' ? await sha256File(file, signal) : null;
  }
  return { name, model, sha256: sha256(bytes), externalData };
};
