import { getInt } from '../attribute.js';
import { broadcasting } from '../families/broadcasting.js';
import { summed } from '../formulas/summed.js';
import type { Operator } from '../operator.js';
import { keptAxes } from '../shapes/axes.js';
import { pointwise } from '../symmetry/pointwise.js';

/** The remainder of a / b with the sign of b, or with `fmod` that of a; broadcast. */
export const mod: Operator = {
  name: 'Mod',
  inputs: [2, 2],
  symmetry: pointwise(),
  axes: keptAxes,
  // piecewise a − b·⌊a / b⌋, of which the whole number has no slope
  gradient: summed(({ g, inputs: [a, b], outputs: [y] }, [dy]) => [
    () => dy!,
    () => g.mul(dy!, g.div(g.sub(y, a), b)),
  ]),
  infer: application =>
    (getInt(application.node, 'fmod', 0) ? likeDividend : likeDivisor).infer(application),
};

const likeDividend = broadcasting('Mod', (a, b) => a % b, { exact: true });
const likeDivisor = broadcasting('Mod', (a, b) => ((a % b) + b) % b, { exact: true });
