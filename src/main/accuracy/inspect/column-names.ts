/** What a column's name suggests. Rules are tried in order: the first that fits gives the strength, 0 is none. */

export type NamedRole = 'id' | 'time' | 'predicted' | 'score' | 'label' | 'labelTime' | 'model' | 'provider';

const rules: Record<NamedRole, RegExp[]> = {
  id: [
    /^(prediction|pred|request|inference|scoring)_?(id|uuid|key|uid)$/,
    /^(id|uuid|guid|uid|key|event_id|row_id|record_id|transaction_id|order_id|case_id|join_key)$/,
    /(^|_)(id|uuid|guid|uid|key|identifier)$/,
    /(^|_)(ref|reference|nr|no|number|idx|index)$/,
  ],
  time: [
    /^(predicted_at|prediction_(time|timestamp|ts|at)|scored_at|inference_(time|timestamp)|request_(time|timestamp))$/,
    /^(ts|time|timestamp|event_(time|timestamp|ts)|datetime|date_?time|occurred_at|created_at|logged_at)$/,
    /^(date|day|when|created|at)$/,
    /(_at|_ts|_time|_timestamp|_date|_datetime)$/,
  ],
  predicted: [
    /^(y_?pred|y_?hat|predicted|prediction|predicted_(class|label|value|category)|pred|pred_(class|label|value))$/,
    /^(predicted_.+|prediction_(class|label|value)|.+_(pred|prediction|predicted|forecast|estimate)|yhat)$/,
    /^(decision|output|forecast|estimate|estimated|model_output|response|result|eta(_.+)?)$/,
    /pred|forecast|estimat/,
  ],
  score: [
    /^(score|y_?pred_?proba|y_?score|proba|probability|confidence|predicted_(proba|probability)|prediction_score)$/,
    /(^|_)(proba|probability|prob|score|confidence|likelihood)(_|$)/,
    /^p(_.*)?$/,
  ],
  label: [
    /^(label|y_?true|target|ground_?truth|truth|actual|y|gold|outcome|observed|true_(label|class|value))$/,
    /^(actual_.+|true_.+|observed_.+|.+_(label|actual|truth|outcome|target|true)|label_.+)$/,
    /label|truth|actual|outcome/,
  ],
  labelTime: [
    /^(labell?ed_at|label_(time|timestamp|ts|at|date)|truth_(time|at)|confirmed_at|resolved_at|settled_at|feedback_(at|time))$/,
    /^(received_at|arrived_at|arrival(_.+)?|updated_at|annotated_at|reviewed_at|delivered_at|completed_at)$/,
    /(_at|_ts|_time|_timestamp|_date)$/,
    /^(ts|time|timestamp|date|datetime|at)$/,
  ],
  model: [/^model_?(version|ver|name|id|tag|revision)?$/, /^(version|release|deployment|build)$/, /model.*version/],
  provider: [/provider|vendor|upstream|api_?version|llm_?version/],
};

/** Lower case with underscores: `predictedClass`, `Predicted Class` and `predicted-class` are the same name. */
export function plainName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/** 1 for a name that says so outright, less for weaker hints, 0 for none. */
export function nameStrength(name: string, role: NamedRole): number {
  const plain = plainName(name);
  const patterns = rules[role];
  const hit = patterns.findIndex((pattern) => pattern.test(plain));
  return hit < 0 ? 0 : 1 - hit / patterns.length;
}

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A name from somebody's file inside a sentence: on one line, of a bounded length, with nothing invisible. */
export function shown(name: string): string {
  const visible = name.replace(invisible, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return visible.length > 60 ? `${visible.slice(0, 57)}...` : visible;
}

/** A number from a sample, short enough to read. */
export const shownNumber = (value: number | null): string =>
  value === null ? 'nothing' : String(Number(value.toPrecision(3)));
