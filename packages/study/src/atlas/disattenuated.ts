/** A number and its standard error. */
export interface Measured {
  readonly value: number;
  readonly error: number;
}

/** What is known of the overlap of two subspaces that are both estimates. */
export interface Attenuated {
  /** Of the two. */
  readonly overlap: Measured;
  /** Of two independent estimates of each with each other. */
  readonly within: readonly [Measured, Measured];
  /** Of unrelated subspaces. */
  readonly chance: number;
}

/** Below this, noise leaves too little of a subspace to say what it overlaps with. */
export const leastCeiling = 0.3;

/** The largest overlap that noise leaves of two equal subspaces, √(self_A · self_B), less that by chance and scaled so that 1 is the most. */
export function ceilingOf({ within: [a, b], chance }: Omit<Attenuated, 'overlap'>): number {
  const product = excess(a.value, chance) * excess(b.value, chance);
  return Math.sqrt(product) / (1 - chance);
}

const excess = (overlap: number, chance: number): number => Math.max(0, overlap - chance);

/**
 * The correlation of two subspaces without the noise of their estimates: 0 for unrelated ones, 1 for the same. With c = k/D by chance
 * it is (o − c) / √((self_A − c)(self_B − c)), the cosine between the expected projections less their mean I·k/D (Spearman 1904, correction
 * for attenuation). May come out above 1 by its error.
 * @returns undefined where the ceiling is below `leastCeiling`: not determined
 */
export function disattenuated(given: Attenuated): Measured | undefined {
  if (!(ceilingOf(given) >= leastCeiling)) return undefined;
  const { overlap, within, chance } = given;
  const scale = Math.sqrt(excess(within[0].value, chance) * excess(within[1].value, chance));
  const value = (overlap.value - chance) / scale;
  const relative = within.map(one => (value * one.error) / (2 * (one.value - chance)));
  return { value, error: Math.hypot(overlap.error / scale, ...relative) };
}
