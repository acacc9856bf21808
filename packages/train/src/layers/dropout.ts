import { mul, serialization, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/**
 * In training multiplies by a mask that is set from outside, so that every engine drops the same elements; else does
 * nothing.
 */
export class MaskedDropout extends layers.Layer {
  static readonly className = 'MaskedDropout';
  /** Share of elements that are set to zero. */
  readonly rate: number;
  private mask: { readonly data: Float32Array; readonly dims: readonly number[] } | undefined;

  constructor({ rate, ...rest }: { readonly name: string; readonly rate: number }) {
    super(rest);
    this.rate = rate;
  }

  /** What the next training step multiplies by: 0 or 1/(1 − rate) for each element. */
  setMask(data: Float32Array, dims: readonly number[]): void {
    this.mask = { data, dims };
  }

  override call(inputs: Tensor | Tensor[], { training }: { training?: boolean }): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tidy(() => {
      if (!training) return x.clone();
      if (!this.mask) throw new Error(`dropout '${this.name}' has no mask for this step`);
      return mul(x, tensor(this.mask.data, [...this.mask.dims]));
    });
  }

  override computeOutputShape(shape: (number | null)[]): (number | null)[] {
    return shape;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate };
  }
}

serialization.registerClass(MaskedDropout);

/** In training sets a share of elements to zero and scales the others up; else does nothing. */
export const dropout = (x: SymbolicTensor, name: string, rate: number): SymbolicTensor =>
  new MaskedDropout({ name, rate }).apply(x) as SymbolicTensor;
