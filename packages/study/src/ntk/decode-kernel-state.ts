import type { NdArray } from '@nads/dataset';
import { matrix } from '@nads/linalg';
import type { KernelState } from '@nads/probe';

/** A kernel of so many images that is not complete, from the arrays `blocks` [1] and `kernel` [n, n] of an archive. @throws where they are none */
export const decodeKernelState = (
  arrays: ReadonlyMap<string, NdArray>,
  images: number,
): KernelState => ({
  blocks: count(arrays.get('blocks')),
  kernel: matrix(images, images, finiteNumbers(arrays.get('kernel'), [images, images])),
});

function count(array: NdArray | undefined): number {
  const blocks = Number(array?.data[0]);
  if (Number.isSafeInteger(blocks) && blocks >= 0) return blocks;
  throw new Error('the number of blocks is missing');
}

/** The numbers of an array of float64. @throws where it has another type or shape, or some are not finite */
export function finiteNumbers(array: NdArray | undefined, shape: readonly number[]): Float64Array {
  if (array?.dtype !== 'float64' || array.shape.join() !== shape.join())
    throw new Error(`no kernel of ${shape.at(-1)} images in it`);
  const numbers = array.data as Float64Array;
  if (!numbers.every(Number.isFinite)) throw new Error('the kernel is not finite');
  return numbers;
}
