/** How much a unit is thought to matter. */
export type Criterion =
  | 'diagonal'
  | 'first-order'
  | 'per-example'
  | 'row'
  | 'row-layer'
  | 'weight-taylor'
  | 'scale'
  | 'magnitude'
  | 'random';

/** All criteria. */
export const criteria: readonly Criterion[] = [
  'diagonal',
  'first-order',
  'per-example',
  'row',
  'row-layer',
  'weight-taylor',
  'scale',
  'magnitude',
  'random',
];

/** Whether a criterion is made of the network's weights alone. */
export const needsNoData = (criterion: Criterion): boolean =>
  criterion === 'scale' || criterion === 'magnitude' || criterion === 'random';
