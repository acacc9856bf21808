import { measureOf } from './measure-names.js';

/** A penalty λ/2 Σ(M − T)² on learnt measures, which takes the place of the optimiser's weight decay for them. */
export interface MeasureDecay {
  /** λ. */
  readonly strength: number;
  /** T: `zero`, as published (with λ = 0.005 for matrices), or the measure of the `inner-product`, ones or the identity. */
  readonly towards: 'zero' | 'inner-product';
}

/** What a weight decays to. */
export interface DecayOf {
  readonly strength: number;
  /** Of the weight's shape; zeros if not given. */
  readonly target?: Float32Array;
}

/** How a weight decays, where it is a measure; undefined where it does so as the optimiser says. */
export function decayOf(
  name: string,
  dims: readonly number[],
  decay: MeasureDecay | undefined,
): DecayOf | undefined {
  const kind = measureOf(name);
  if (!kind || !decay) return undefined;
  const { strength, towards } = decay;
  if (towards === 'zero') return { strength };
  const size = dims[dims.length - 1];
  const isOne = (i: number): boolean => kind === 'diagonal' || i % (size + 1) === 0;
  const matrix = Float32Array.from({ length: size ** 2 }, (_, i) => Number(isOne(i)));
  const target = new Float32Array(dims.reduce((a, b) => a * b, 1));
  return { strength, target: target.map((_, i) => matrix[i % matrix.length]) };
}
