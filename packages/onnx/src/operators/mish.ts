import { unary } from '../families/unary.js';

/** x · tanh(ln(1 + eˣ)). */
export const mish = unary('Mish', x => x * Math.tanh(Math.log1p(Math.exp(x))), {
  derivative: ({ g, x }) => {
    const [slope, bend] = [g.sigmoid(x), g.tanh(g.op('Softplus', [x]))];
    return g.add(bend, g.mul(x, g.mul(slope, g.sub(1, g.square(bend)))));
  },
});
