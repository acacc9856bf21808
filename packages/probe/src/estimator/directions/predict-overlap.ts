/**
 * The overlap with the true subspace that all networks should reach, from that of two halves. An
 * estimated subspace keeps a share q of the true one; the halves are independent, so their overlap
 * is q² and what chance adds. The odds (1 − q)/q fall as 1/networks (first-order perturbation), so
 * with twice the networks they halve.
 * @param chance overlap of unrelated subspaces, k / n.
 */
export function predictOverlap(halfSplit: number, chance: number): number {
  const beyondChance = Math.max(0, (halfSplit - chance) / (1 - chance));
  const half = Math.sqrt(beyondChance);
  const whole = half === 0 ? 0 : 1 / (1 + (1 - half) / half / 2);
  return chance + (1 - chance) * whole;
}
