import { PbfReader } from 'pbf';

/** Bytes that are not a protobuf message, or not all of one. */
export class WireFault extends Error {
  /** The message ends inside a field: what a file that was cut off looks like. */
  readonly cut: boolean;
  constructor(cut: boolean) {
    super(cut ? 'the message ends inside a field' : 'not a message');
    this.cut = cut;
  }
}

export interface Field {
  number: number;
  /** A whole number (varint or fixed), or null where the field holds bytes. */
  value: number | null;
  /** The content of a text, a message or a packed list; empty for numbers. */
  bytes: Uint8Array;
}

const none = new Uint8Array(0);

/** pbf reads past the end without a word: every length is held against the end before it is believed. */
const readField = (pbf: PbfReader, number: number): Field => {
  const inside = (end: number): void => {
    if (!(end <= pbf.length)) throw new WireFault(true);
  };
  if (pbf.type === 0) {
    const value = pbf.readVarint(true);
    inside(pbf.pos);
    return { number, value, bytes: none };
  }
  if (pbf.type === 2) {
    const size = pbf.readVarint();
    inside(pbf.pos + size);
    const bytes = pbf.buf.subarray(pbf.pos, pbf.pos + size);
    pbf.pos += size;
    return { number, value: null, bytes };
  }
  if (pbf.type !== 1 && pbf.type !== 5) throw new WireFault(false);
  const size = pbf.type === 1 ? 8 : 4;
  inside(pbf.pos + size);
  pbf.pos += size;
  return { number, value: 0, bytes: none };
};

/** The fields of one message in order; throws a `WireFault` and nothing else, whatever the bytes are. */
export const fieldsOf = function* (bytes: Uint8Array): Generator<Field> {
  const pbf = new PbfReader(bytes);
  while (pbf.pos < pbf.length) {
    let field: Field;
    try {
      const number = pbf.nextField();
      if (number === 0) throw new WireFault(false);
      field = readField(pbf, number);
    } catch (error) {
      if (error instanceof WireFault) throw error;
      // A number of more than ten bytes; at the very end it is one that was cut.
      throw new WireFault(pbf.pos >= pbf.length);
    }
    yield field;
  }
};

const decoder = new TextDecoder();
export const textOf = ({ bytes }: Field): string => decoder.decode(bytes);
