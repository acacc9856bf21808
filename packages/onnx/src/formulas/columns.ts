import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import type { Window } from '../shapes/window.js';
import { placesOf } from '../shapes/places-of.js';

/** What a convolution's windows meet, over all images. */
export interface Windows {
  readonly window: Window;
  readonly groups: number;
  /** Sizes of the output's space. */
  readonly positions: readonly number[];
}

/**
 * What the windows of a convolution meet side by side (im2col), the batch behind space, so that whole batches are gathered:
 * [groups, C / groups · taps, positions · N]. @param x [N, C, sizes…].
 */
export function batchColumns(g: Algebra, x: Value, { window, groups, positions }: Windows): Value {
  const [batch, channels] = g.dims(x);
  const padded = withBorder(g, batchLast(g, x), 1, window, positions);
  const sizes = g.dims(padded).slice(1, -1) as number[];
  const places = g.reshape(padded, [channels, product(sizes), batch]);
  const gathered = g.op('Gather', [places, placesMet(g, window, sizes, positions)], { axis: 1 });
  return g.reshape(gathered, [groups, (channels! / groups) * product(window.kernel), undefined]);
}

/** [N, C, sizes…] as [C, sizes…, N]. */
export function batchLast(g: Algebra, x: Value): Value {
  const axes = g.dims(x).map((_, axis) => axis);
  return g.transpose(x, [...axes.slice(1), 0]);
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** Values with the zeros around them that windows meet. @param first the first axis of space. */
export function withBorder(
  g: Algebra,
  x: Value,
  first: number,
  { kernel, strides, dilations, begin }: Window,
  positions: readonly number[],
): Value {
  const dims = g.dims(x);
  const end = kernel.map((size, i) => {
    const reach = strides[i] * (positions[i] - 1) + dilations[i] * (size - 1) + 1;
    return Math.max(0, reach - dims[first + i]! - begin[i]);
  });
  const around = (zeros: readonly number[]): number[] =>
    dims.map((_, axis) => zeros[axis - first] ?? 0);
  return g.pad(x, around(begin), around(end));
}

/** For each tap of a kernel and each position the place in space, counted through, that they meet: [taps · positions]. */
export function placesMet(
  g: Algebra,
  { strides, dilations, kernel }: Window,
  sizes: readonly number[],
  positions: readonly number[],
): Value {
  const taps = placesOf(kernel.slice(0, sizes.length));
  const all = placesOf(positions);
  return g.integers(
    taps.flatMap(tap =>
      all.map(position =>
        sizes.reduce(
          (place, size, i) => place * size + strides[i] * position[i] + dilations[i] * tap[i],
          0,
        ),
      ),
    ),
  );
}
