import type { WebgpuBuffer } from '../../shared/model/webgpu.ts';
import { distinctShape, distinctValues } from '../../shared/workloads/seeded-values.ts';
import { toHalf } from './half.ts';

type Cells = Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Int8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

const cellsOf = {
  f32: (count: number): Cells => new Float32Array(count),
  f16: (count: number): Cells => new Uint16Array(count),
  i8: (count: number): Cells => new Int8Array(count),
  u32: (count: number): Cells => new Uint32Array(count),
};

/** Write `from` again and again from `start` to `end`, doubling what is there. */
const repeatCells = (cells: Cells, start: number, length: number, end: number): void => {
  for (let filled = start + length; filled < end; ) {
    const more = Math.min(filled - start, end - filled);
    cells.copyWithin(filled, start, start + more);
    filled += more;
  }
};

/** The bytes of an input as the device sees them, little endian, rows one after the other. */
export const inputBytes = ({ name, values }: WebgpuBuffer): Uint8Array<ArrayBuffer> => {
  if (!values) throw new Error(`an input without values: ${name}`);
  if (values.generator === 'constant') {
    return new Uint8Array(new Float32Array(values.count).fill(values.value).buffer);
  }
  const cells = cellsOf[values.type](values.rows * values.columns);
  const [rows, columns] = distinctShape(values);
  const distinct = distinctValues(values);
  const encode = values.type === 'f16' ? toHalf : (value: number) => value;
  for (let row = 0; row < rows; row++) {
    const at = row * values.columns;
    for (let column = 0; column < columns; column++) {
      cells[at + column] = encode(distinct[row * columns + column] as number);
    }
    repeatCells(cells, at, columns, at + values.columns);
  }
  repeatCells(cells, 0, rows * values.columns, cells.length);
  return new Uint8Array(cells.buffer);
};
