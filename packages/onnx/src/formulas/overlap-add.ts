import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import type { Window } from '../shapes/window.js';
import { spread } from './spread.js';

/**
 * Adds each element of space to all elements that its window covers: the transpose of summing windows,
 * one axis after the other.
 * @param x [N, C, positions…]; @param sizes of the space that the windows slide over.
 * @returns [N, C, sizes…].
 */
export function overlapAdd(g: Algebra, x: Value, window: Window, sizes: readonly number[]): Value {
  return sizes.reduce((sum, size, i) => alongAxis(g, sum, i + 2, windowAxis(window, i), size), x);
}

interface WindowAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly begin: number;
}

const windowAxis = ({ kernel, strides, dilations, begin }: Window, i: number): WindowAxis => ({
  kernel: kernel[i],
  stride: strides[i],
  dilation: dilations[i],
  begin: begin[i],
});

function alongAxis(g: Algebra, x: Value, axis: number, window: WindowAxis, size: number): Value {
  const { kernel, stride, dilation, begin } = window;
  const positions = g.size(x, axis);
  if (dilation === 1 && (kernel === stride || positions === 1))
    return placed(g, repeated(g, x, axis, kernel), axis, -begin, size);
  const terms = Array.from({ length: kernel }, (_, k) =>
    spread(g, x, axis, { first: k * dilation - begin, step: stride }, size),
  );
  return terms.reduce(g.add);
}

/** Each element of an axis several times in a row. */
function repeated(g: Algebra, x: Value, axis: number, times: number): Value {
  if (times === 1) return x;
  const dims = g.dims(x);
  const single = g.reshape(x, [...dims.slice(0, axis + 1), 1, ...dims.slice(axis + 1)]);
  const stretch = [...dims.map(() => 1), 1].with(axis + 1, times);
  const stretched = g.op('Expand', [single, g.integers(stretch)]);
  return g.reshape(stretched, dims.with(axis, g.size(x, axis) * times));
}

const placed = (g: Algebra, x: Value, axis: number, first: number, size: number): Value =>
  spread(g, x, axis, { first, step: 1 }, size);
