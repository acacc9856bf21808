import { Random } from '@nads/linalg';
import { writeModel } from '@nads/onnx';
import type { Architecture, Sizes } from '@nads/train';
import { sourceModel, type SourceModel } from '../source-model.js';

/** Settings of an untrained network. */
export interface FreshSettings {
  readonly seed?: number;
  /** False removes all downsampling. */
  readonly pooling?: boolean;
}

/**
 * An architecture with fresh weights as an ONNX model, as other studies take it.
 * @param architecture or the name of one of `@nads/train`
 */
export async function freshModel(
  architecture: Architecture | string,
  sizes: Sizes,
  { seed = 0, pooling }: FreshSettings = {},
): Promise<SourceModel> {
  const { architectureOf, freshNetwork, someBackend } = await import('@nads/train');
  const found = typeof architecture === 'string' ? architectureOf(architecture) : architecture;
  await someBackend();
  const random = new Random(seed).fork('weights');
  const { onnx, layers } = freshNetwork(found, sizes, { random, pooling });
  layers.dispose();
  return sourceModel(`${found.name}.onnx`, writeModel(onnx));
}
