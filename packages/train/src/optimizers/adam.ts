import { decayedElement, decayedGradient } from './decayed.js';
import type { Optimizer } from './optimizer.js';

/** Options of Adam. */
export interface AdamOptions {
  /** β₁ and β₂. */
  readonly betas?: readonly [number, number];
  readonly epsilon?: number;
  /** λ, added to the gradient as λw. */
  readonly weightDecay?: number;
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1) in PyTorch's form: m ← β₁m + (1 − β₁)d, v ← β₂v + (1 − β₂)d², w ← w − rate · m/(1 −
 * β₁ᵗ) / (√v/√(1 − β₂ᵗ) + ε), with d = g + λw.
 */
export function adam({
  betas: [beta1, beta2] = [0.9, 0.999],
  epsilon = 1e-8,
  weightDecay = 0,
}: AdamOptions = {}): Optimizer {
  return {
    name: 'adam',
    slots: ['mean', 'square'],
    update: given => {
      const {
        g,
        weight,
        rate,
        step,
        slots: [mean, square],
      } = given;
      const d = decayedGradient(given, weightDecay);
      const m = g.add(g.mul(mean, beta1), g.mul(d, 1 - beta1));
      const v = g.add(g.mul(square, beta2), g.mul(g.square(d), 1 - beta2));
      const power = (beta: number) => g.exp(g.mul(step, Math.log(beta)));
      const size = g.div(rate, g.sub(1, power(beta1)));
      const scale = g.sqrt(g.sub(1, power(beta2)));
      const denominator = g.add(g.div(g.sqrt(v), scale), epsilon);
      return [g.sub(weight, g.mul(g.div(m, denominator), size)), m, v];
    },
    apply: given => {
      const {
        weight,
        rate,
        step,
        slots: [mean, square],
      } = given;
      const decayed = decayedElement(given, weightDecay);
      const size = rate / (1 - beta1 ** step);
      const scale = Math.sqrt(1 - beta2 ** step);
      for (let i = 0; i < weight.length; i++) {
        const d = decayed(i);
        mean[i] = beta1 * mean[i] + (1 - beta1) * d;
        square[i] = beta2 * square[i] + (1 - beta2) * d * d;
        weight[i] -= (size * mean[i]) / (Math.sqrt(square[i]) / scale + epsilon);
      }
    },
  };
}
