import { unary } from '../families/unary.js';

/** ln(1 + eˣ). */
export const softplus = unary('Softplus', x => Math.log1p(Math.exp(x)), {
  inDouble: (g, { inputs: [x] }) =>
    g.add(g.op('Relu', [x]), g.log(g.add(g.exp(g.neg(g.abs(x))), 1))),
  derivative: ({ g, x }) => g.sigmoid(x),
});
