import { compose, identityPermutation, type SignedPermutation } from '@nads/basis';
import type { SparseRows } from './sparse-rows.js';

/** A symmetry of the directions; undefined where the group does not have it. */
export type Generator = SignedPermutation | undefined;

/**
 * Orthonormal rows that span the vectors of n directions which each generator multiplies by its sign: every
 * direction is averaged over the group with these signs, and what is left of it normalised.
 * @param signs +1 or −1 for each generator; the generators commute.
 */
export function rowsOfSigns(
  n: number,
  generators: readonly Generator[],
  signs: readonly number[],
): SparseRows {
  const elements = groupElements(n, generators, signs);
  const seen = new Uint8Array(n);
  const start = [0];
  const index: number[] = [];
  const weight: number[] = [];
  for (let j = 0; j < n; j++) {
    if (seen[j]) continue;
    const sums = projection(j, elements);
    for (const i of sums.keys()) seen[i] = 1;
    const norm = Math.hypot(...sums.values());
    if (norm === 0) continue;
    for (const [i, sum] of sums) {
      index.push(i);
      weight.push(sum / norm);
    }
    start.push(index.length);
  }
  return {
    start: Uint32Array.from(start),
    index: Uint32Array.from(index),
    weight: Float64Array.from(weight),
  };
}

/** Σ character · g e_j over the group, by direction: |G| times the projection of direction j. */
function projection(j: number, elements: readonly Element[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const { permutation, character } of elements) {
    const image = permutation.index[j];
    sums.set(image, (sums.get(image) ?? 0) + character * permutation.sign[j]);
  }
  return sums;
}

interface Element {
  readonly permutation: SignedPermutation;
  readonly character: number;
}

/** Products of commuting choices of generators (every element once) with their characters. */
function groupElements(
  n: number,
  generators: readonly Generator[],
  signs: readonly number[],
): Element[] {
  let elements: Element[] = [{ permutation: identityPermutation(n), character: 1 }];
  generators.forEach((generator, i) => {
    if (!generator) return;
    const moved = elements.map(({ permutation, character }) => ({
      permutation: compose(generator, permutation),
      character: character * signs[i],
    }));
    elements = [...elements, ...moved];
  });
  return elements;
}
