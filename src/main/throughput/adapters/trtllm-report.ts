import type { JsonObject } from './foreign-json.ts';
import type { ResultFile } from './result-file.ts';

const pair = /^\s*([^:]+?)\s*:\s*(.+?)\s*$/;
const statistic = /^\[(Latency|TTFT|TPOT)\]\s+(\w+)\s*:\s*(\S+)$/;
const lengths = /^AVG:\s+(\S+)\s+(\S+)\s+\S+/;
const machine = /^(.+), memory (?:([\d.]+) GB|N\/A), (?:([\d.]+) GHz|N\/A)$/;

/** Section of the report -> what it is called in `--report_json` -> label in the printed text. */
const labels: Record<string, Record<string, string[]>> = {
  engine: {
    model: ['Model'],
    version: ['TensorRT LLM Version', 'TensorRT-LLM Version'],
    dtype: ['Dtype'],
    kv_cache_dtype: ['KV Cache Dtype'],
    quantization: ['Quantization'],
  },
  world_info: {
    tp_size: ['TP Size'],
    pp_size: ['PP Size'],
    ep_size: ['EP Size'],
    max_batch_size: ['Max Runtime Batch Size'],
    max_num_tokens: ['Max Runtime Tokens'],
    scheduling_policy: ['Scheduling Policy'],
  },
  request_info: {
    num_requests: ['Number of requests'],
    avg_input_length: ['Average Input Length (tokens)'],
    avg_output_length: ['Average Output Length (tokens)'],
  },
  performance: {
    request_throughput_req_s: ['Request Throughput (req/sec)'],
    system_output_throughput_tok_s: ['Total Output Throughput (tokens/sec)'],
  },
};

const numeric = (text: string): string | number => (/^-?[\d.]+(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : text);

export const isPrintedReport = ({ text }: ResultFile): boolean =>
  /^= PERFORMANCE OVERVIEW/m.test(text) && /^Total Output Throughput \(tokens\/sec\):/m.test(text);

/** The printed report in the shape of `--report_json`, as far as it is printed; numbers have four decimals. */
export const printedReport = (file: ResultFile): JsonObject => {
  const lines = file.text.split(/\r?\n/).map((line) => line.trim());
  const values = new Map<string, string>();
  const statistics: Record<string, JsonObject> = { Latency: {}, TTFT: {}, TPOT: {} };
  for (const line of lines) {
    const [, block, name, number] = statistic.exec(line) ?? [];
    const [, label, value] = pair.exec(line) ?? [];
    if (block !== undefined) statistics[block]![name!.toLowerCase()] = numeric(number!);
    else if (label !== undefined && !values.has(label) && value !== 'None') values.set(label, value!);
  }
  const section = (keys: Record<string, string[]>): JsonObject =>
    Object.fromEntries(
      Object.entries(keys).flatMap(([key, names]): [string, string | number][] => {
        const value = names.map((name) => values.get(name)).find((text) => text !== undefined);
        return value === undefined ? [] : [[key, numeric(value)]];
      }),
    );
  const report: JsonObject = Object.fromEntries(Object.entries(labels).map(([name, keys]) => [name, section(keys)]));
  const [, isl, osl] = lines.map((line) => lengths.exec(line)).find((match) => match !== null) ?? [];
  const [, gpu, memory, clock] = lines.map((line) => machine.exec(line)).find((match) => match !== null) ?? [];
  return {
    ...report,
    performance: { ...(report.performance as JsonObject), request_latency_percentiles_ms: statistics.Latency! },
    ...(Object.keys(statistics.TTFT!).length > 0
      ? { streaming_metrics: { ttft_percentiles: statistics.TTFT!, tpot_percentiles: statistics.TPOT! } }
      : {}),
    ...(isl === undefined || osl === undefined ? {} : { dataset: { avg_isl: numeric(isl), avg_osl: numeric(osl) } }),
    ...(gpu === undefined
      ? {}
      : { machine: { name: gpu, 'memory.total': numeric(memory ?? ''), 'clocks.mem': numeric(clock ?? '') } }),
  };
};
