import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { broadcasting } from '../families/broadcasting.js';
import { numbersOf } from '../tensor.js';

/** aᵇ, broadcast. */
export const pow = broadcasting('Pow', undefined, {
  gradient: ({ g, inputs: [a, b], outputs: [y] }, [dy]) => [
    () => g.mul(dy!, slope(g, a, b)),
    () => g.mul(dy!, g.where(g.greater(a, 0), g.mul(y, g.log(a)), 0)),
  ],
});

/** b·aᵇ⁻¹; b may be of another type. */
function slope(g: Algebra, a: Value, b: Value): Value {
  const exponent = g.constantValue(b);
  if (exponent?.data.length === 1) {
    const [power] = numbersOf(exponent);
    if (power === 1) return g.scalar(1, a);
    return g.mul(power === 2 ? a : g.pow(a, power - 1), power);
  }
  const power = g.castLike(b, a);
  return g.mul(power, g.pow(a, g.sub(power, 1)));
}
