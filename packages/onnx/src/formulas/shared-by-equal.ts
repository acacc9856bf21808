import type { Value } from '../algebra/known-values.js';
import type { GradientRule } from './derivation.js';

/** The rule of an extreme of operands: all that are equal to it share the gradient, as in PyTorch. */
export const sharedByEqual: GradientRule = ({ g, inputs, outputs: [y] }, [dy]) => {
  const isExtreme = (i: number) => g.castLike(g.equal(inputs[i], y), y);
  let share: Value | undefined;
  const sharers = () => g.sum(inputs.map((_, i) => isExtreme(i)));
  return inputs.map((_, i) => () => {
    share ??= inputs.length === 1 ? dy! : g.div(dy!, sharers());
    return g.mul(share, isExtreme(i));
  });
};
