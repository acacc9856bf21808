import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import type { Derivation } from '../formulas/derivation.js';

/** Pairs (a, b) of elements turned to (a·cos − b·sin, a·sin + b·cos) by angles that depend on their place. */
export const rotaryEmbedding = preserving('RotaryEmbedding', {
  inputs: [3, 4],
  decompose: derivation => {
    const { node, inputs, g } = derivation;
    const [x] = inputs;
    const rank = g.dims(x).length;
    const apart = rank === 4 ? x : withHeads(g, x, getInt(node, 'num_heads', 0));
    const size = g.size(apart, 3);
    const turned = getInt(node, 'rotary_embedding_dim', 0) || size;
    const angles = anglesOf(derivation, rank === 4 ? 1 : 2, turned / 2);
    const parts = [turn(g, part(g, apart, 0, turned), angles, getInt(node, 'interleaved', 0))];
    if (turned < size) parts.push(part(g, apart, turned, size));
    return [g.reshape(g.concat(parts, 3), g.dims(x))];
  },
});

interface Angles {
  readonly cos: Value;
  readonly sin: Value;
}

/** [batch, length, heads · size] as [batch, length, heads, size]. */
function withHeads(g: Algebra, x: Value, heads: number): Value {
  const [batch, length, width] = g.dims(x);
  return g.reshape(x, [batch, length, heads, width! / heads]);
}

/** [batch, length, size / 2] with an axis of size 1 for the heads. */
function anglesOf(
  { inputs: [, cos, sin, places], g }: Derivation,
  axis: number,
  pairs: number,
): Angles {
  const at = (cache: Value): Value => {
    const all = places ? g.op('Gather', [cache, places], { axis: 0 }) : cache;
    return g.op('Unsqueeze', [part(g, all, 0, pairs, 2), g.integers([axis])]);
  };
  return { cos: at(cos), sin: at(sin) };
}

/** Pairs are neighbours, or the first half of the elements against the second. */
function turn(g: Algebra, x: Value, { cos, sin }: Angles, interleaved: number): Value {
  const size = g.size(x, 3);
  const every = (first: number): Value => g.slice(x, [3], [first], [size], [2]);
  const [a, b] = interleaved
    ? [every(0), every(1)]
    : [part(g, x, 0, size / 2), part(g, x, size / 2, size)];
  const real = g.sub(g.mul(cos, a), g.mul(sin, b));
  const imaginary = g.add(g.mul(sin, a), g.mul(cos, b));
  if (!interleaved) return g.concat([real, imaginary], 3);
  const single = [...g.dims(real), 1];
  const pairs = [real, imaginary].map(value => g.reshape(value, single));
  return g.reshape(g.concat(pairs, 4), g.dims(x));
}

const part = (g: Algebra, x: Value, from: number, to: number, axis = 3): Value =>
  from === 0 && to === g.size(x, axis) ? x : g.slice(x, [axis], [from], [to]);
