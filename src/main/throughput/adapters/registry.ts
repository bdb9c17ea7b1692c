import { UserFault } from '../../../shared/errors.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { sha256 } from '../../platform/hash.ts';
import type { Adapter } from './adapter.ts';
import { aiperf } from './aiperf.ts';
import { asv } from './asv.ts';
import { criterion } from './criterion.ts';
import { goBench } from './go-bench.ts';
import { googleBenchmark } from './google-benchmark.ts';
import { hyperfine } from './hyperfine.ts';
import { importedRun } from './imported-run.ts';
import { jmh } from './jmh.ts';
import { llamaBench } from './llama-bench.ts';
import { mlperfLoadgen } from './mlperf-loadgen.ts';
import { nvbandwidth } from './nvbandwidth.ts';
import { perfAnalyzer } from './perf-analyzer.ts';
import { protocol } from './protocol.ts';
import { pyperf } from './pyperf.ts';
import { pytestBenchmark } from './pytest-benchmark.ts';
import { type ResultFile, refusal, resultFile } from './result-file.ts';
import { timm } from './timm.ts';
import { trtllmBench } from './trtllm-bench.ts';
import { vllmBench } from './vllm-bench.ts';

/** One line per format; the first that recognises a file reads it. */
const adapters: readonly Adapter[] = [
  protocol,
  llamaBench,
  vllmBench,
  trtllmBench,
  mlperfLoadgen,
  aiperf,
  perfAnalyzer,
  googleBenchmark,
  hyperfine,
  pyperf,
  criterion,
  jmh,
  pytestBenchmark,
  goBench,
  asv,
  timm,
  nvbandwidth,
];

/** What `--format` takes, besides `auto`. */
export const formats: readonly string[] = adapters.map(({ format }) => format);

export interface ImportedFile {
  format: string;
  runs: ThroughputRun[];
  /** Parts of the file that are no runs, and why. */
  remarks: string[];
}

const detectIn = (file: ResultFile): Adapter | null => adapters.find((adapter) => adapter.recognises(file)) ?? null;

/** The format of a result file by its content, or null. */
export const detect = (text: string, fileName: string): string | null =>
  detectIn(resultFile(text, fileName))?.format ?? null;

const chosen = (file: ResultFile, format: string): Adapter => {
  if (format !== 'auto') {
    const adapter = adapters.find((candidate) => candidate.format === format);
    if (!adapter) throw new UserFault(`unknown format, choose auto or one of ${formats.join(', ')}: ${format}`);
    return adapter;
  }
  const adapter = detectIn(file);
  if (adapter) return adapter;
  if (file.text.trim() === '') throw refusal(file, 'the file is empty, export it again');
  if (file.jsonProblem !== null) throw refusal(file, `${file.jsonProblem}, export the file again`);
  throw refusal(file, `not a result file of a known format, name one with --format (${formats.join(', ')})`);
};

/** The runs in a result file. Whatever it cannot read is a `UserFault` that names the file. */
export const parse = (text: string, fileName: string, format = 'auto'): ImportedFile => {
  const file = resultFile(text, fileName);
  const adapter = chosen(file, format);
  const { runs, remarks = [] } = adapter.read(file);
  if (runs.length === 0) {
    const why = remarks.length > 0 ? ` (${remarks[0]})` : '';
    throw refusal(file, `no runs in the file${why}, export it again`);
  }
  const hash = sha256(text);
  return {
    format: adapter.format,
    runs: runs.map((draft, index) => importedRun(draft, { file, format: adapter.format, sha256: hash, index })),
    remarks,
  };
};
