import type { Facets, Operator } from '../operator.js';

/** An operator of whose outputs nothing is known before running. */
export const unshaped = (name: string, rest: Facets = {}): Operator => ({
  name,
  infer: () => [],
  ...rest,
});
