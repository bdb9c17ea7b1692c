import type { DeclaredValue } from '../../../shared/model/throughput-run.ts';
import { type Adapter, noZone } from './adapter.ts';
import { asNumber, type Fields, fieldsOf } from './fields.ts';
import { isObject, type Json } from './foreign-json.ts';
import type { RunDraft } from './imported-run.ts';
import { agree, toNs } from './quantity.ts';
import { documentOf, type ResultFile, refusal } from './result-file.ts';

/** Old builds wrote `request_goodput:`; no key of a result ends in a colon on purpose. */
const withoutColons = (fields: Fields): Record<string, Json | undefined> =>
  Object.fromEntries(Object.entries(fields.raw).map(([key, value]) => [key.replace(/:+$/, ''), value]));

const inputKeys = ['input_len', 'random_input_len', 'sonnet_input_len', 'isl'];
const outputKeys = ['output_len', 'random_output_len', 'sharegpt_output_len', 'sonnet_output_len', 'osl'];
const times = /^(mean|median|std|p[\d.]+)_(ttft|tpot|itl|e2el)_ms$/;
const measured = new Set([
  'duration',
  'completed',
  'failed',
  'total_input_tokens',
  'total_output_tokens',
  'date',
  'label',
]);
const traffic = new Set(['backend', 'endpoint_type', 'model_id', 'tokenizer_id', 'num_prompts', 'request_rate']);

const rateOf = (file: ResultFile, value: Json | undefined): number | 'inf' => {
  if (value === 'inf' || value === Number.POSITIVE_INFINITY) return 'inf';
  const rate = asNumber(value);
  if (rate === null) throw refusal(file, 'request_rate is neither a number nor "inf", export the file again');
  return rate;
};

/** `--metadata key=value` lands beside the results, every value as text. */
const metadataOf = (raw: Record<string, Json | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(raw).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' && value !== '' && !measured.has(key) && !traffic.has(key)
        ? [[`metadata.${key}`, value]]
        : [],
    ),
  );

const perRequest = (name: string, asked: number | null, total: number | null, completed: number): DeclaredValue => {
  const executed = total === null || completed === 0 ? null : Math.round((total / completed) * 100) / 100;
  return {
    name,
    declared: asked,
    executed,
    equal: asked === null || executed === null ? null : agree(asked, executed),
  };
};

interface Requests {
  samples: NonNullable<RunDraft['samples']>;
  failures: string[];
}

/** Requests of `--save-detailed`: time to the first token and the gaps after it are the whole latency. */
const requestsOf = (file: ResultFile, raw: Record<string, Json | undefined>): Requests | null => {
  const { ttfts, itls, output_lens: lengths, errors, start_times: starts } = raw;
  if (!Array.isArray(ttfts) || !Array.isArray(itls) || !Array.isArray(lengths)) return null;
  if (itls.length !== ttfts.length || lengths.length !== ttfts.length) {
    throw refusal(
      file,
      `${ttfts.length} ttfts but ${itls.length} itls and ${lengths.length} output_lens, export again`,
    );
  }
  const begin = Array.isArray(starts) && starts.length === ttfts.length ? starts.map(asNumber) : [];
  const first = begin.reduce(
    (least, value) => (value === null || least === null ? null : Math.min(least, value)),
    begin[0] ?? null,
  );
  const requests: Requests = { samples: [], failures: [] };
  ttfts.forEach((ttft, index) => {
    const gaps = itls[index];
    const error = Array.isArray(errors) ? errors[index] : undefined;
    const items = asNumber(lengths[index]);
    if ((typeof error === 'string' && error !== '') || items === null || items < 1) {
      requests.failures.push(typeof error === 'string' && error !== '' ? error.split('\n', 1)[0]! : 'no output');
      return;
    }
    const parts = [ttft, ...(Array.isArray(gaps) ? gaps : [])].map(asNumber);
    if (parts.includes(null))
      throw refusal(file, `times of request ${index + 1} are not numbers, export the file again`);
    const seconds = parts.reduce<number>((sum, part) => sum + part!, 0);
    const startNs = first === null ? null : toNs(begin[index]! - first, 's');
    requests.samples.push({ startNs, durationNs: toNs(seconds, 's')!, items });
  });
  return requests;
};

const draftOf = (file: ResultFile, fields: Fields): RunDraft => {
  const raw = withoutColons(fields);
  const number = (key: string) => asNumber(raw[key]);
  const first = (keys: string[]) => keys.map(number).find((value) => value !== null) ?? null;
  const model = fields.text('model_id');
  const prompts = fields.number('num_prompts');
  const completed = fields.number('completed');
  const outputTokens = number('total_output_tokens');
  const throughput = fields.number('output_throughput');
  const duration = fields.number('duration');
  const metadata = metadataOf(raw);
  const [input, output] = [first(inputKeys), first(outputKeys)];
  const requests = requestsOf(file, raw);
  const summary = (key: string) => {
    const value = number(key);
    return value === null ? undefined : { value, n: completed, from: key };
  };
  const reportedTimes = Object.keys(raw).flatMap((key) => {
    const [, statistic, what] = times.exec(key) ?? [];
    const value = number(key);
    return what === undefined || value === null
      ? []
      : [{ name: `${what}, ${statistic}`, value, unit: 'ms', n: completed }];
  });
  const goodput = number('request_goodput');
  const rate = rateOf(file, raw.request_rate);
  const gpu = metadata['metadata.gpu'] ?? null;
  return {
    workload: `vllm/${model}/${rate === 'inf' ? 'all at once' : `${rate} requests per second`}`,
    definition: {
      harness: 'vllm bench serve',
      backend: fields.maybeText('backend') ?? fields.maybeText('endpoint_type'),
      model,
      tokenizer: fields.maybeText('tokenizer_id'),
      prompts,
      requestRate: rate,
      burstiness: number('burstiness'),
      maxConcurrency: number('max_concurrency'),
      inputTokens: input,
      outputTokens: output,
    },
    item: 'output token',
    executor:
      gpu === null
        ? { reason: 'vllm bench measures from outside and does not name the machine' }
        : { name: gpu, kind: 'gpu' },
    fingerprint: metadata,
    overlapping: true,
    throughput: { value: throughput, n: completed, from: 'output_throughput' },
    ...(requests
      ? { samples: requests.samples }
      : {
          latency: { p50Ms: summary('median_e2el_ms'), p95Ms: summary('p95_e2el_ms'), p99Ms: summary('p99_e2el_ms') },
          noLatency: 'no end-to-end latency in the file, export with --save-detailed or --percentile-metrics e2el',
        }),
    reported: [
      ...reportedTimes,
      ...(goodput === null ? [] : [{ name: 'request goodput', value: goodput, unit: 'request/s', n: completed }]),
    ],
    declared: [
      { name: 'requests', declared: prompts, executed: completed, equal: prompts === completed },
      perRequest('input tokens per request', input, number('total_input_tokens'), completed),
      perRequest('output tokens per request', output, outputTokens, completed),
    ],
    invalidReasons: [
      ...(requests && requests.failures.length > 0
        ? [`requests failed, first ${requests.failures[0]}: ${requests.failures.length}`]
        : []),
      ...(outputTokens !== null && !agree(throughput, outputTokens / duration)
        ? ['output_throughput is not total_output_tokens / duration']
        : []),
    ],
    notes: noZone(fields.maybeText('date')),
  };
};

export const vllmBench: Adapter = {
  format: 'vllm-bench',
  recognises: (file) => {
    const value = file.json?.value;
    return isObject(value) && 'model_id' in value && 'num_prompts' in value && 'output_throughput' in value;
  },
  read: (file) => ({ runs: [draftOf(file, fieldsOf(file, documentOf(file)))] }),
};
