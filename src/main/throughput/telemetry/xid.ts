/** What the driver's error number says about the machine (NVIDIA, Xid catalogue). */
export type XidKind = 'fatal' | 'memory' | 'application' | 'other';

const catalogue: Record<number, { kind: XidKind; text: string }> = {
  13: { kind: 'application', text: 'graphics engine exception' },
  31: { kind: 'application', text: 'memory page fault of a program' },
  32: { kind: 'other', text: 'corrupted push buffer' },
  43: { kind: 'application', text: 'a program stopped processing' },
  45: { kind: 'application', text: 'work of a program was removed' },
  48: { kind: 'fatal', text: 'double-bit ECC error' },
  61: { kind: 'fatal', text: 'breakpoint of the internal micro-controller' },
  62: { kind: 'fatal', text: 'halt of the internal micro-controller' },
  63: { kind: 'memory', text: 'a row or page of memory will be remapped or retired' },
  64: { kind: 'fatal', text: 'remapping or retiring memory failed' },
  68: { kind: 'application', text: 'video engine exception' },
  69: { kind: 'application', text: 'graphics engine class error' },
  74: { kind: 'fatal', text: 'NVLink error' },
  79: { kind: 'fatal', text: 'the GPU has fallen off the bus' },
  92: { kind: 'memory', text: 'many single-bit ECC errors' },
  94: { kind: 'memory', text: 'contained ECC error' },
  95: { kind: 'fatal', text: 'uncontained ECC error' },
  109: { kind: 'other', text: 'context switch time-out' },
  119: { kind: 'fatal', text: 'GSP firmware does not answer' },
  120: { kind: 'fatal', text: 'GSP firmware error' },
  136: { kind: 'fatal', text: 'link training failed' },
  140: { kind: 'fatal', text: 'unrecovered ECC error' },
  143: { kind: 'fatal', text: 'the GPU could not be initialised' },
  154: { kind: 'other', text: 'the recommended recovery action changed' },
};

export interface XidLine {
  code: number;
  kind: XidKind;
  /** What the catalogue says; the line's own words when it says nothing. */
  text: string;
  /** As the kernel prints it: `0000:65:00`. */
  pciBus: string;
  /** Seconds since boot; null when the log prints another kind of time. */
  atSeconds: number | null;
  line: string;
}

/** What the catalogue says of a number; a number that it does not hold is of kind `other`. */
export const xidOf = (code: number): { kind: XidKind; text: string } =>
  catalogue[code] ?? { kind: 'other', text: 'not in the catalogue' };

/** How a run notes that nobody watched the log of the driver; the reason follows. */
export const faultsUnknownNote = 'faults of the driver are not known: ';

const pattern = /Xid \(PCI:([^)]+)\): (\d+),\s*(.*)$/;

/** Xid lines of a kernel log, in order; every other line is somebody else's. */
export const readXids = (log: string): XidLine[] =>
  log.split(/\r?\n/).flatMap((line): XidLine[] => {
    const [, pciBus = '', digits, rest = ''] = pattern.exec(line) ?? [];
    if (digits === undefined) return [];
    const code = Number(digits);
    const known = catalogue[code];
    const seconds = /^\s*(?:<\d+>)?\[\s*(\d+\.\d+)\]/.exec(line)?.[1];
    return [
      {
        code,
        kind: known?.kind ?? 'other',
        text: known?.text ?? rest.slice(0, 120),
        pciBus,
        atSeconds: seconds === undefined ? null : Number(seconds),
        line: line.trim().slice(0, 400),
      },
    ];
  });
