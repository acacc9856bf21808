/** Where gradients with respect to weights come from, of images one by one or many at a time. */
export interface GradientSource {
  /** Numbers that the parts of one image hold. */
  readonly size: number;
  /**
   * For each image ∂s/∂θ of all weights θ, s = Σ seed · outputs.
   * @param images [n × C·H·W]; @param seeds [n × outputs].
   */
  parts(images: Float32Array, seeds: Float32Array): Promise<readonly GradientPart[]>;
  release(): Promise<void>;
}

/** The gradients of some weights at n images: rows, or outer products of two rows each. */
export interface GradientPart {
  /** [n × a] where the gradient of each image is an outer product. */
  readonly left?: Float32Array;
  /** [n × b] */
  readonly right: Float32Array;
}
