import type { RowPart } from '@nads/runtime';

/** Where gradients with respect to weights come from, of images one by one or many at a time. */
export interface GradientSource {
  /** Numbers that the parts of one image hold. */
  readonly size: number;
  /**
   * For each image ∂s/∂θ of all weights θ, s = Σ seed · outputs: a part for some weights each.
   * @param images [n × C·H·W]; @param seeds [n × outputs].
   */
  parts(images: Float32Array, seeds: Float32Array): Promise<readonly RowPart[]>;
  release(): Promise<void>;
}
