import type { SymmetryBlock } from './symmetry-blocks.js';

/**
 * Groups of networks that uncertainty is estimated from: 16, or fewer, but an even number from 4 on, where
 * their matrices would take more than so many bytes.
 */
export function groupCount(
  blocks: readonly Pick<SymmetryBlock, 'size'>[],
  bytes = 512 * 2 ** 20,
): number {
  const bytesPerGroup = blocks.reduce((sum, { size }) => sum + 8 * size * size, 0);
  return Math.max(4, Math.min(16, 2 * Math.floor(bytes / bytesPerGroup / 2)));
}
