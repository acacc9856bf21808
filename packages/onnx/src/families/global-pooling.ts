import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { channelwise } from '../coupling/kept-along.js';
import type { Facets, Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { pooledOverSpace } from '../symmetry/reduced.js';

interface Options extends Facets {
  /** Whether the result is linear in the input. */
  readonly isLinear?: boolean;
}

/** An operator that reduces all of space of each channel to one element. */
export const globalPooling = (
  name: string,
  { isLinear = false, ...rest }: Options = {},
): Operator => ({
  name,
  inputs: [1, 1],
  symmetry: pooledOverSpace({ isLinear }),
  channels: 1,
  coupling: channelwise,
  infer: application => {
    const [batch, channels, ...sizes] = dimsOf(application, 0);
    return [{ type: typeOf(application, 0), dims: [batch, channels, ...sizes.map(() => 1)] }];
  },
  ...rest,
});

/** Axes of space of [N, C, sizes…]. */
export const spaceOf = (g: Algebra, x: Value): number[] => g.space(x).map((_, i) => i + 2);
