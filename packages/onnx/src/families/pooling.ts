import { getInts, getString } from '../attribute.js';
import type { Node } from '../graph.js';
import { dimsOf, typeOf, Unknown, type Application } from '../shapes/application.js';
import type { Operator } from '../operator.js';
import { windowOf, windowPositions } from '../shapes/window.js';

/** An operator that reduces each window position of each channel to one element. */
export const pooling = (
  name: string,
  rules: Pick<Operator, 'gradient' | 'decompose' | 'upgrade'> = {},
): Operator => ({
  name,
  ...rules,
  infer: application => [{ type: typeOf(application, 0), dims: pooledDims(application) }],
});

/** An operator that reduces all of space of each channel to one element. */
export const globalPooling = (
  name: string,
  rules: Pick<Operator, 'gradient' | 'decompose' | 'upgrade'>,
): Operator => ({
  name,
  ...rules,
  infer: application => {
    const [batch, channels, ...sizes] = dimsOf(application, 0);
    return [{ type: typeOf(application, 0), dims: [batch, channels, ...sizes.map(() => 1)] }];
  },
});

/** Batch, channels and number of window positions on each axis. */
export function pooledDims(application: Application): number[] {
  const [batch, channels, ...sizes] = dimsOf(application, 0);
  const kernel = getInts(application.node, 'kernel_shape', undefined);
  if (!kernel) throw new Error('it says no kernel_shape');
  const window = windowOf(application.node, kernel, sizes);
  if (window.dilations.some(dilation => dilation > 1) && isSame(application.node))
    throw new Unknown('runtimes disagree on auto_pad where a pool is dilated');
  return [batch, channels, ...windowPositions(window, sizes)];
}

const isSame = (node: Node): boolean => getString(node, 'auto_pad', 'NOTSET').startsWith('SAME_');
