import type { Draw, Scheme } from './scheme.js';

/** A factor for what is drawn for some weights. */
export interface Scaling {
  /** Their names; * stands for anything. */
  readonly pattern: string;
  readonly factor: number;
}

/** Whether a factor is for a tensor. */
export function isScaled({ name }: Draw, { pattern }: Scaling): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^(fresh/)?${parts.join('.*')}$`, 's').test(name);
}

/** A scheme whose draws are multiplied by the factors for a tensor. */
export function scaledScheme(scheme: Scheme, draw: Draw, scalings: readonly Scaling[]): Scheme {
  const factors = scalings.filter(scaling => isScaled(draw, scaling)).map(one => one.factor);
  if (factors.length === 0) return scheme;
  const factor = factors.reduce((product, one) => product * one, 1);
  const scaled =
    (fill: Scheme['weight']): Scheme['weight'] =>
    (out, ...rest) => {
      fill(out, ...rest);
      for (let i = 0; i < out.length; i++) out[i] *= factor;
    };
  return {
    name: scheme.name,
    weight: scaled(scheme.weight),
    bias: scaled(scheme.bias),
    moments: given => {
      const { mean, variance } = scheme.moments(given);
      return { mean: factor * mean, variance: factor ** 2 * variance };
    },
  };
}
