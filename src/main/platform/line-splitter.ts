import { StringDecoder } from 'node:string_decoder';

interface LineLimits {
  lineBytes: number;
  lines: number;
  bytes: number;
}

export interface LineSplitter {
  push(part: Buffer, arrivedNs: number): void;
  /** What stands after the last line break is a line as well. */
  end(): void;
}

/** Whole lines out of the parts of a stream; beyond a limit it says so once, and nothing comes any more. */
export const lineSplitter = (
  limits: LineLimits,
  onLine: (text: string, arrivedNs: number) => void,
  onFlood: (reason: string) => void,
): LineSplitter => {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let lines = 0;
  let bytes = 0;
  let lastNs = 0;
  let over = false;
  const flood = (reason: string): void => {
    over = true;
    rest = '';
    onFlood(reason);
  };
  const take = (line: string): void => {
    lines += 1;
    if (lines > limits.lines) flood(`more lines on stdout than ${limits.lines}`);
    else onLine(line.endsWith('\r') ? line.slice(0, -1) : line, lastNs);
  };
  return {
    push: (part, arrivedNs) => {
      if (over) return;
      lastNs = arrivedNs;
      bytes += part.length;
      const found = (rest + decoder.write(part)).split('\n');
      rest = found.pop() ?? '';
      for (const line of found) {
        if (over) return;
        if (line.length > limits.lineBytes) flood(`a line on stdout longer than ${limits.lineBytes} bytes`);
        else take(line);
      }
      if (over) return;
      if (rest.length > limits.lineBytes) flood(`a line on stdout longer than ${limits.lineBytes} bytes`);
      else if (bytes > limits.bytes) flood(`more bytes on stdout than ${limits.bytes}`);
    },
    end: () => {
      const line = rest + decoder.end();
      rest = '';
      if (!over && line !== '') take(line);
      over = true;
    },
  };
};

export interface BoundedLog {
  push(part: Buffer): void;
  text(): string;
}

/** The last so many bytes of a stream. */
export const boundedLog = (mostBytes: number): BoundedLog => {
  const parts: Buffer[] = [];
  let kept = 0;
  let dropped = 0;
  return {
    push: (part) => {
      parts.push(part);
      kept += part.length;
      while (parts[0] && kept - parts[0].length >= mostBytes) {
        kept -= parts[0].length;
        dropped += parts.shift()!.length;
      }
    },
    text: () => {
      const whole = Buffer.concat(parts);
      const tail = whole.subarray(Math.max(0, whole.length - mostBytes));
      const left = dropped + whole.length - tail.length;
      return `${left > 0 ? `(${left} bytes before are not kept)\n` : ''}${tail.toString('utf8')}`;
    },
  };
};
