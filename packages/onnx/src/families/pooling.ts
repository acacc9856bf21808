import { channelwise } from '../coupling/kept-along.js';
import type { Facets, Operator } from '../operator.js';
import { typeOf } from '../shapes/application.js';
import { pooledDims } from '../shapes/pooled-dims.js';
import { pooled } from '../symmetry/windowed.js';

interface Options extends Facets {
  /** Whether the result is linear in the window. */
  readonly isLinear?: boolean;
}

/** An operator that reduces each window position of each channel to one element. */
export const pooling = (name: string, { isLinear = false, ...rest }: Options = {}): Operator => ({
  name,
  inputs: [1, 1],
  symmetry: pooled({ isLinear }),
  channels: 1,
  coupling: channelwise,
  infer: application => [{ type: typeOf(application, 0), dims: pooledDims(application) }],
  ...rest,
});
