import { getInts, getString } from '../attribute.js';
import type { Node } from '../graph.js';
import { dimsOf, Unknown, type Application } from './application.js';
import { windowOf, windowPositions } from './window.js';

/** Batch, channels and number of window positions on each axis. */
export function pooledDims(application: Application): number[] {
  const [batch, channels, ...sizes] = dimsOf(application, 0);
  const kernel = getInts(application.node, 'kernel_shape', undefined);
  if (!kernel) throw new Error('attribute kernel_shape is missing');
  const window = windowOf(application.node, kernel, sizes);
  if (window.dilations.some(dilation => dilation > 1) && isSame(application.node))
    throw new Unknown('runtimes disagree on auto_pad where a pool is dilated');
  return [batch, channels, ...windowPositions(window, sizes)];
}

const isSame = (node: Node): boolean => getString(node, 'auto_pad', 'NOTSET').startsWith('SAME_');
