import { broadcasting } from '../families/broadcasting.js';
import { standardisation } from '../layers/constant-operand.js';

/** a − b, broadcast. */
export const sub = broadcasting('Sub', (a, b) => a - b, {
  exact: true,
  weights: standardisation('mean'),
  gradient: ({ g, inputs: [, b] }, [dy]) => [() => dy!, () => g.neg(g.unbroadcast(dy!, b))],
});
