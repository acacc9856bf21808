import type { WeightRule } from './weight-rule.js';

/** Scale and shift, and where they are inputs mean and variance. */
export const normalisationWeights: WeightRule = () => [
  { input: 1, kind: 'norm', role: 'scale' },
  { input: 2, kind: 'norm', role: 'shift' },
  { input: 3, kind: 'norm', role: 'mean' },
  { input: 4, kind: 'norm', role: 'variance' },
];
