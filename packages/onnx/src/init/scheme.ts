import type { Random } from '@nads/linalg';
import type { LayerKind, WeightRole } from '../layers/weight-rule.js';

/** A tensor of weights to draw. */
export interface Draw {
  /** The initializer that takes the weights in the refreshed model; also the key of its random stream. */
  readonly name: string;
  readonly kind: LayerKind;
  readonly role: WeightRole;
  readonly dims: readonly number[];
  readonly fanIn: number;
  readonly fanOut: number;
  /** Mean and standard deviation of the file's own weights. */
  readonly file: { readonly mean: number; readonly deviation: number };
}

/** A way to initialise the weights of a layer. */
export interface Scheme {
  readonly name: string;
  /** Fills a weight tensor. */
  readonly weight: (out: Float32Array, draw: Draw, random: Random) => void;
  /** Fills a bias. */
  readonly bias: (out: Float32Array, draw: Draw, random: Random) => void;
  /** Mean and variance of one element of a weight tensor. */
  readonly moments: (draw: Draw) => { readonly mean: number; readonly variance: number };
}

/** Biases of zero, as every scheme but PyTorch's default has them. */
export const zeroBias: Scheme['bias'] = out => void out.fill(0);

/** A scheme of independent normal weights with mean 0 and this variance, and zero biases. */
export function normalScheme(name: string, variance: (draw: Draw) => number): Scheme {
  return {
    name,
    weight: (out, draw, random) => random.fillNormal(out, 0, Math.sqrt(variance(draw))),
    bias: zeroBias,
    moments: draw => ({ mean: 0, variance: variance(draw) }),
  };
}

/** A scheme of independent uniform weights on ±√(3·variance), and zero biases. */
export function uniformScheme(name: string, variance: (draw: Draw) => number): Scheme {
  return {
    name,
    weight: (out, draw, random) => fillSymmetric(out, Math.sqrt(3 * variance(draw)), random),
    bias: zeroBias,
    moments: draw => ({ mean: 0, variance: variance(draw) }),
  };
}

/** Uniform numbers in ±limit. */
export const fillSymmetric = (out: Float32Array, limit: number, random: Random): void =>
  random.fillUniform(out, -limit, limit);
