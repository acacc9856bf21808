import type { ArrayUpdate, Update } from './optimizer.js';

/** The gradient plus that of the penalty, g + λ(w − t), as a formula; λ and t = 0 are the optimiser's where the weight has none of its own. */
export function decayedGradient(
  { g, weight, gradient, decay }: Pick<Update, 'g' | 'weight' | 'gradient' | 'decay'>,
  weightDecay: number,
): string {
  const { strength, target } = decay ?? { strength: weightDecay };
  if (strength === 0) return gradient;
  const from = target === undefined ? weight : g.sub(weight, target);
  return g.add(gradient, g.mul(from, strength));
}

/** The same for an element of arrays. */
export function decayedElement(
  { weight, gradient, decay }: Pick<ArrayUpdate, 'weight' | 'gradient' | 'decay'>,
  weightDecay: number,
): (i: number) => number {
  const { strength, target } = decay ?? { strength: weightDecay };
  return i => gradient[i] + strength * (weight[i] - (target?.[i] ?? 0));
}
