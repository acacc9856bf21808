import { matrix } from '@nads/linalg';
import type { KernelState } from '@nads/probe';
import type { SavedArrays } from '../saved-arrays.js';

/** A kernel of so many images that is not complete, from the arrays `blocks` [1] and `kernel` [n, n] of an archive. @throws where they are none */
export const decodeKernelState = (arrays: SavedArrays, images: number): KernelState => ({
  blocks: count(arrays),
  kernel: matrix(images, images, arrays.finite('kernel', [images, images])),
});

function count(arrays: SavedArrays): number {
  const [blocks] = arrays.finite('blocks', [1]);
  if (Number.isSafeInteger(blocks) && blocks >= 0) return blocks;
  throw new Error(`${arrays.file}[blocks]: ${blocks} is no number of blocks`);
}
