import type { RowLedger } from '../../../src/shared/model/dataset.ts';

export interface NaivePrediction {
  id: number | null;
  /** Hours since 2026-03-01. */
  at: number | null;
  value: string | null;
  score: number | null;
}

export interface NaiveLabel {
  id: number | null;
  at: number | null;
  value: string | null;
}

const last = Number.POSITIVE_INFINITY;

/** The rules of the import, row by row, with nothing in common with the SQL. */
export function naiveLedger(predictions: NaivePrediction[], labels: NaiveLabel[], keep: 'first' | 'last') {
  const byId = new Map<number, NaivePrediction[]>();
  for (const row of predictions) if (row.id !== null) byId.set(row.id, [...(byId.get(row.id) ?? []), row]);
  const kept = new Map<number, NaivePrediction>();
  let conflictingDuplicates = 0;
  for (const [id, rows] of byId) {
    const text = (x: string | null) => x ?? '\uffff';
    // Smallest first, missing last; NaN is the largest number, as SQL has it.
    const number = (x: number | null) => (x === null ? [2, 0] : Number.isNaN(x) ? [1, 0] : [0, x]);
    const sorted = [...rows].sort(
      (a, b) =>
        compare(a.at ?? last, b.at ?? last) ||
        compare(text(a.value), text(b.value)) ||
        compare(number(a.score)[0]!, number(b.score)[0]!) ||
        compare(number(a.score)[1]!, number(b.score)[1]!),
    );
    kept.set(id, sorted[0]!);
    const distinct = new Set(rows.map(({ at, value, score }) => `${at} ${value} ${score}`));
    if (distinct.size > 1) conflictingDuplicates += 1;
  }
  const usable = new Map<number, NaiveLabel[]>();
  const values = new Map<number, Set<string>>();
  const counts = { orphan: 0, early: 0, nullKeys: 0 };
  for (const row of labels) {
    if (row.id === null) {
      counts.nullKeys += 1;
      continue;
    }
    if (row.value !== null) values.set(row.id, (values.get(row.id) ?? new Set()).add(row.value));
    const prediction = kept.get(row.id);
    if (!prediction) counts.orphan += 1;
    else if (row.value === null || prediction.at === null) continue;
    else if (row.at !== null && row.at < prediction.at) counts.early += 1;
    else usable.set(row.id, [...(usable.get(row.id) ?? []), row]);
  }
  const entering = [...kept.values()].filter(({ at }) => at !== null);
  const chosen = (id: number) => {
    const direction = keep === 'first' ? 1 : -1;
    const rank = (at: number | null) => (at === null ? last : at * direction);
    return usable.get(id)?.sort((a, b) => compare(rank(a.at), rank(b.at)) || compare(a.value!, b.value!))[0];
  };
  const rows = entering.map(({ id, at, value }) => [
    Date.UTC(2026, 2, 1, at!) * 1000,
    value,
    chosen(id!)?.value ?? null,
  ]);
  const scores = entering.map(({ score }) => score);
  const ledger: Omit<RowLedger, 'examples' | 'notes'> = {
    predictionRows: predictions.length,
    distinctPredictions: kept.size,
    duplicatePredictions: [...byId.values()].reduce((sum, all) => sum + all.length - 1, 0),
    conflictingDuplicates,
    labelRows: labels.length,
    matchedLabels: usable.size,
    orphanLabels: counts.orphan,
    earlyLabels: counts.early,
    conflictingLabels: [...values.values()].filter((all) => all.size > 1).length,
    nullKeys: counts.nullKeys + predictions.filter(({ id }) => id === null).length,
    badScores: {
      null: scores.filter((score) => score === null).length,
      nan: scores.filter((score) => Number.isNaN(score)).length,
      infinite: scores.filter((score) => score === last).length,
      outOfRange: scores.filter((score) => score !== null && score < 0).length,
    },
    joined: rows.filter(([, value, label]) => value !== null && label !== null).length,
  };
  return { ledger, rows };
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
