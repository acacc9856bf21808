import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { broadcasting } from '../families/broadcasting.js';
import { awayFromZero } from '../formulas/away-from-zero.js';
import { numbersOf } from '../tensor.js';

/** aᵇ, broadcast. */
export const pow = broadcasting('Pow', undefined, {
  gradient: ({ g, inputs: [a, b], outputs: [y] }, [dy]) => [
    () => g.mul(dy!, slope(g, a, b)),
    () => g.mul(dy!, g.mul(y, g.log(g.where(g.greater(a, 0), a, 1)))),
  ],
});

/** b·aᵇ⁻¹, 0 where a is 0 and b < 1; b may be of another type. */
function slope(g: Algebra, a: Value, b: Value): Value {
  const exponent = g.constantValue(b);
  if (exponent?.data.length === 1) {
    const [power] = numbersOf(exponent);
    if (power === 1) return g.scalar(1, a);
    if (power === 2) return g.mul(a, power);
    return g.mul(g.pow(power < 1 ? awayFromZero(g, a) : a, power - 1), power);
  }
  const power = g.castLike(b, a);
  const base = g.where(g.less(power, 1), awayFromZero(g, a), a);
  return g.mul(power, g.pow(base, g.sub(power, 1)));
}
