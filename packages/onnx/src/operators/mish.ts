import { unary } from '../families/elementwise.js';

/** x · tanh(ln(1 + eˣ)). */
export const mish = unary('Mish', undefined, {
  derivative: ({ g, x }) => {
    const [slope, bend] = [g.sigmoid(x), g.tanh(g.op('Softplus', [x]))];
    return g.add(bend, g.mul(x, g.mul(slope, g.sub(1, g.square(bend)))));
  },
});
