import type { GradientRule } from './derivation.js';

/** The rule of an extreme of operands: all that are equal to it share the gradient, as in PyTorch. */
export const sharedByEqual: GradientRule = ({ g, inputs, outputs: [y] }, [dy]) => {
  const isExtreme = (i: number) => g.castLike(g.equal(inputs[i], y), y);
  const share = () => {
    if (inputs.length === 1) return dy!;
    return g.div(dy!, inputs.map((_, i) => isExtreme(i)).reduce(g.add));
  };
  return inputs.map((_, i) => () => g.mul(share(), isExtreme(i)));
};
