import type { BlockSums } from './block-sums.js';
import type { SymmetryBlock } from './symmetry-blocks.js';

/** Subtracts weight · the rows and columns of whole types that parts are in from sums of these parts. */
export function subtractPart(
  sums: BlockSums,
  parts: readonly SymmetryBlock[],
  whole: BlockSums,
  weight: number,
): void {
  parts.forEach(({ size, partOf }, p) => {
    const { block, rows } = partOf!;
    const { data, columns } = whole[block];
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++)
        sums[p].data[i * size + j] -= weight * data[rows[i] * columns + rows[j]];
  });
}
