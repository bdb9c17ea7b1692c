import type { FeatureColumn, SegmentColumn } from './scenario.ts';

const countries = [
  ...['US', 'DE', 'GB', 'FR', 'NL', 'ES', 'IT', 'PL', 'SE', 'BE', 'AT', 'CH', 'DK', 'NO', 'FI', 'IE', 'PT', 'CZ', 'RO'],
  ...['HU', 'GR', 'BG', 'HR', 'SK', 'SI', 'LT', 'LV', 'EE', 'LU', 'MT', 'CY', 'IS', 'CA', 'MX', 'BR', 'AR', 'CL', 'CO'],
  ...['JP', 'KR', 'SG', 'IN', 'AU', 'NZ', 'ZA', 'AE', 'IL', 'TR', 'UA', 'RS'],
];

const merchantCategories = [
  ...[
    'restaurants',
    'hotels',
    'airlines',
    'rail',
    'taxi',
    'fuel',
    'groceries',
    'software',
    'telecom',
    'office-supplies',
  ],
  ...['parking', 'car-rental', 'postage', 'printing', 'books', 'conferences', 'training', 'hardware', 'advertising'],
  ...['insurance', 'health', 'gifts', 'clothing', 'furniture', 'repairs', 'utilities', 'tolls', 'cafes', 'catering'],
  'memberships',
];

export const expenseClasses = ['travel', 'meals', 'lodging', 'transport', 'supplies', 'services', 'training', 'other'];

/** 50 countries x 30 merchant categories x 5 tiers: 7 500 cells, most of them small. */
export const expenseSegments = (pinned: Record<string, Record<string, number>> = {}): SegmentColumn[] => [
  { name: 'country', values: countries, skew: 0.9, spread: 0.15, pinned: pinned.country },
  { name: 'merchant_category', values: merchantCategories, skew: 0.6, spread: 0.2, pinned: pinned.merchant_category },
  {
    name: 'customer_tier',
    values: ['starter', 'team', 'business', 'enterprise', 'public'],
    skew: 0.8,
    spread: 0.1,
    pinned: pinned.customer_tier,
  },
];

/** The same with the channel a receipt came in by instead of the tier. */
export const channelSegments = (pinned: Record<string, Record<string, number>> = {}): SegmentColumn[] => [
  ...expenseSegments(pinned).slice(0, 2),
  {
    name: 'channel',
    values: ['mobile', 'web', 'email', 'partner', 'api'],
    skew: 0.7,
    spread: 0.1,
    pinned: pinned.channel,
  },
];

/** Three features the model uses and one it does not. */
export const expenseFeatures: FeatureColumn[] = [
  { name: 'amount', shape: 'lognormal', mean: 3.4, sd: 1.1, effect: -0.15 },
  { name: 'text_length', shape: 'lognormal', mean: 4.2, sd: 0.6, effect: 0.2 },
  { name: 'ocr_confidence', shape: 'normal', mean: 0.82, sd: 0.07, effect: 0.3 },
  { name: 'embedding_norm', shape: 'normal', mean: 11.5, sd: 1.4, effect: 0 },
];

/** Features that move every day and mean nothing. */
export const restlessFeatures: FeatureColumn[] = [
  { name: 'queue_depth', shape: 'lognormal', mean: 2.1, sd: 0.7, effect: 0 },
  { name: 'session_seconds', shape: 'lognormal', mean: 4.8, sd: 0.9, effect: 0 },
  { name: 'fx_rate', shape: 'normal', mean: 1.08, sd: 0.03, effect: 0 },
  { name: 'items_per_report', shape: 'lognormal', mean: 1.4, sd: 0.5, effect: 0 },
  { name: 'account_age_days', shape: 'lognormal', mean: 6.2, sd: 0.8, effect: 0 },
];

export const applicationSegments: SegmentColumn[] = [
  {
    name: 'region',
    values: ['north', 'south', 'east', 'west', 'centre', 'islands', 'capital', 'border', 'coast', 'valley'],
    skew: 0.5,
    spread: 0.15,
  },
  { name: 'product', values: ['card', 'loan', 'mortgage', 'overdraft', 'leasing'], skew: 0.6, spread: 0.15 },
  { name: 'channel', values: ['branch', 'web', 'mobile', 'broker'], skew: 0.5, spread: 0.1 },
];

export const applicationFeatures: FeatureColumn[] = [
  { name: 'income', shape: 'lognormal', mean: 10.4, sd: 0.5, effect: -0.8 },
  { name: 'utilisation', shape: 'normal', mean: 0.42, sd: 0.18, effect: 0.6 },
  { name: 'account_age_days', shape: 'lognormal', mean: 6.2, sd: 0.8, effect: 0 },
];

export const deliverySegments: SegmentColumn[] = [
  {
    name: 'city',
    values: ['Lyon', 'Porto', 'Gdansk', 'Graz', 'Malmo', 'Ghent', 'Turin', 'Bilbao', 'Leeds', 'Brno', 'Split', 'Cork'],
    skew: 0.5,
    spread: 0.15,
  },
  { name: 'vehicle', values: ['bike', 'scooter', 'van', 'truck', 'foot'], skew: 0.5, spread: 0.2 },
];

export const deliveryFeatures: FeatureColumn[] = [
  { name: 'distance_km', shape: 'lognormal', mean: 1.1, sd: 0.6, effect: 0.25 },
  { name: 'basket_kg', shape: 'lognormal', mean: 0.8, sd: 0.7, effect: 0.05 },
  { name: 'temperature', shape: 'normal', mean: 14, sd: 6, effect: 0 },
];
