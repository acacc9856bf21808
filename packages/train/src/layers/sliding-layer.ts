import type * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

/** Settings of a layer whose square windows slide over zero-padded images [N, C, H, W]. */
export interface Sliding {
  readonly filters: number;
  /** Height and width of windows. */
  readonly kernel: number;
  readonly stride: number;
  /** Zeros on each side of the image. */
  readonly padding: number;
}

/** A layer with one kernel [k, k, inputs, filters] that slides. */
export abstract class SlidingLayer<Settings extends Sliding> extends layers.Layer {
  readonly settings: Settings;

  constructor({ settings, ...rest }: { readonly name: string; readonly settings: Settings }) {
    super(rest);
    this.settings = settings;
  }

  override computeOutputShape(shape: (number | null)[] | (number | null)[][]): (number | null)[] {
    const [count, , height, width] = (Array.isArray(shape[0]) ? shape[0] : shape) as number[];
    const { filters, kernel, stride, padding } = this.settings;
    const windows = (size: number): number =>
      Math.floor((size + 2 * padding - kernel) / stride) + 1;
    return [count, filters, windows(height), windows(width)];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      settings: this.settings as unknown as tf.serialization.ConfigDict,
    };
  }
}
