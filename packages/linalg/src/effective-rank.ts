/**
 * Effective rank of a spectrum, exp(H(p)) with p = λ / Σλ and H the entropy in nats: the number of equal
 * eigenvalues with the same entropy (Roy & Vetterli 2007). Eigenvalues below zero, as rounding leaves them, count as zero.
 * @throws if no eigenvalue is positive.
 */
export function effectiveRank(eigenvalues: ArrayLike<number>): number {
  const positive = Array.from(eigenvalues).filter(value => value > 0);
  if (positive.length === 0)
    throw new Error('linalg: no effective rank without a positive eigenvalue');
  const total = positive.reduce((sum, value) => sum + value, 0);
  const shares = positive.map(value => value / total);
  return Math.exp(-shares.reduce((sum, p) => sum + p * Math.log(p), 0));
}
