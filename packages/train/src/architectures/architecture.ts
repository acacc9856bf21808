import type { ImageShape } from '@nads/basis';
import type { LayersModel } from '../layers/layers-model.js';

/** Sizes that an architecture is built for. */
export interface Sizes extends ImageShape {
  readonly classes: number;
}

/** A network that is defined here. */
export interface Architecture {
  /** As on the command line. */
  readonly name: string;
  /** What it is, in a line. */
  readonly title: string;
  /** How its weights are drawn, as `parseInit` reads it. */
  readonly init: string;
  /**
   * The network from images [N, C, H, W] to logits [N, classes], all weights zero.
   * @param pooling false removes all downsampling: pooling, strides, spatial averages.
   */
  readonly build: (sizes: Sizes, pooling: boolean) => LayersModel;
}
