import type { Matrix } from '@nads/linalg';
import type { Margin } from '@nads/probe';

/** What margins are of. */
export interface MarginShape {
  /** Of the network: classes. */
  readonly outputs: number;
  /** Of an image. */
  readonly pixels: number;
  readonly subspaces: readonly Matrix[];
}

/** @throws where margins that were kept are none of such images in such subspaces */
export function requireMargins(
  found: readonly Margin[],
  { outputs, pixels, subspaces }: MarginShape,
): void {
  for (const { image, subspace, label, target, norm, coefficients } of found) {
    const { rows, columns } = subspaces[subspace];
    const isClass = label < outputs && target < outputs;
    if (!isClass || coefficients.length !== (rows * pixels) / columns || !isOf(norm, coefficients))
      throw new Error(`the margin of image ${image} in block ${subspace} is none`);
  }
}

/** Whether a norm is that of some coefficients, or none was found. */
const isOf = (norm: number, coefficients: Float64Array): boolean =>
  norm === Infinity || norm === Math.sqrt(coefficients.reduce((sum, c) => sum + c * c, 0));
