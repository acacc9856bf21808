import { decayedElement, decayedGradient } from './decayed.js';
import type { Optimizer } from './optimizer.js';

/** Options of stochastic gradient descent. */
export interface SgdOptions {
  /** μ. */
  readonly momentum?: number;
  /** λ. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent in PyTorch's order of operations: d = g + λw, v ← μv + d, w ← w − rate·v. The first v is d,
 * as v is zero before.
 */
export function sgd({ momentum = 0, weightDecay = 0 }: SgdOptions = {}): Optimizer {
  return {
    name: 'sgd',
    slots: momentum === 0 ? [] : ['velocity'],
    update: given => {
      const {
        g,
        weight,
        rate,
        slots: [velocity],
      } = given;
      const decayed = decayedGradient(given, weightDecay);
      const moved = momentum === 0 ? decayed : g.add(g.mul(velocity, momentum), decayed);
      const next = g.sub(weight, g.mul(moved, rate));
      return momentum === 0 ? [next] : [next, moved];
    },
    apply: given => {
      const {
        weight,
        rate,
        slots: [velocity],
      } = given;
      const decayed = decayedElement(given, weightDecay);
      for (let i = 0; i < weight.length; i++) {
        let step = decayed(i);
        if (momentum !== 0) step = velocity[i] = momentum * velocity[i] + step;
        weight[i] -= rate * step;
      }
    },
  };
}
