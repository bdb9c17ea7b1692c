/** What each method is, by its id without the version; the long form is docs/methods.md of the producing version. */
const methodWords: Record<string, string> = {
  wilson: 'score interval of a proportion',
  'wilson-design-effect':
    'score interval of a proportion, widened by how much days differ from each other (design effect)',
  newcombe: 'difference of two proportions from their score intervals',
  'newcombe-design-effect': 'difference of two proportions from their score intervals, widened by the design effect',
  'clopper-pearson': 'exact interval of a proportion',
  'day-block-bootstrap': 'bootstrap that resamples whole days, because rows of one day stand or fall together',
  'day-block-bootstrap-binned': 'bootstrap of whole days on bins of the score, around the exact value',
  mover: 'difference from the intervals of both sides (square-and-add)',
  'mean-difference': 'difference of two means',
  'normal-iid': 'normal interval of independent rows, where there are too few days to resample',
  'roc-auc-delong-logit': 'DeLong interval on the logit scale',
  'delong-logit': 'DeLong interval on the logit scale',
  'roc-auc-difference-mover': 'difference of two AUC from their intervals',
  'logistic-100-bins': 'logistic fit of outcome on score, on 100 score bins',
  'calibration-line-logistic': 'logistic fit of outcome on score',
  'kitagawa-day-jackknife': 'midpoint split into mix and relation; interval by leaving out one day at a time',
  'kitagawa-day-block': 'midpoint split into mix and relation; interval over blocks of days',
  'reverse-kaplan-meier': 'arrival curve under right truncation (reverse time)',
  'reverse-kaplan-meier-hourly': 'arrival curve under right truncation (reverse time), by the hour',
  'minimum-cell': 'not computed: fewer labelled rows than the minimum',
  cbpe: 'estimated without labels, from calibrated scores; cannot see a changed relation',
  'total-variation-of-predicted-classes': 'largest difference of the shares of predicted classes',
  counts: 'plain counts',
};

/** The id without what it was applied to and without its version. */
const methodBase = (method: string): string => (method.split('/').at(-1) ?? method).replace(/@\d+$/, '');

export const methodMeaning = (method: string): string => {
  const base = methodBase(method);
  const known = methodWords[base];
  if (known) return known;
  if (base.startsWith('wasserstein'))
    return 'Wasserstein-1 distance between the windows; the id names bins, limit and resampling';
  if (base.startsWith('total-variation')) return 'total variation between the shares of the windows';
  if (base.startsWith('jensen-shannon') || base.startsWith('js')) return 'distance between the shares of the windows';
  if (base.startsWith('mean ±')) return 'limits drawn from the spread of the reference chunks';
  return 'see docs/methods.md of the producing version';
};
