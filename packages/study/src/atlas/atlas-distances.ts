import { matrix, type Matrix } from '@nads/linalg';
import {
  compared,
  correlationOf,
  withinOf,
  chanceOf,
  type Atlas,
  type AtlasMember,
} from './atlas.js';
import { ceilingOf, leastCeiling } from './disattenuated.js';
import { spectralDistance } from './spectral-distance.js';

/** Members, and how far they are from each other. */
export interface Distances {
  readonly members: readonly AtlasMember[];
  /** [N × N] */
  readonly distances: Matrix;
  /** Members that are not among them: noise leaves too little of their subspaces. */
  readonly left: readonly AtlasMember[];
}

/** √(1 − r) of the correlations r without noise at dimension k, from 0 to 1, of all members that are determined with each other. */
export function subspaceDistances(atlas: Atlas, top: number): Distances {
  const all = compared(atlas);
  const isDetermined = ({ summary }: AtlasMember): boolean => {
    const within = withinOf(summary, top);
    return ceilingOf({ within: [within, within], chance: chanceOf(summary, top) }) >= leastCeiling;
  };
  const places = all.flatMap((member, i) => (isDetermined(member) ? [i] : []));
  return {
    members: places.map(i => all[i]),
    left: all.filter(member => !isDetermined(member)),
    distances: symmetric(places.length, (a, b) => {
      const { value } = correlationOf(atlas, top, places[a], places[b])!;
      return Math.sqrt(1 - Math.min(1, Math.max(0, value)));
    }),
  };
}

/** Hellinger distances of the Fourier energies, without what noise makes, of all members that are compared. */
export function spectralDistances(atlas: Atlas): Distances {
  const members = compared(atlas);
  const energies = members.map(({ estimates: [a, b] }) => [a.energy, b.energy] as const);
  const distance = (i: number, j: number): number =>
    Math.sqrt(Math.max(0, spectralDistance(energies[i], energies[j]).value));
  return { members, left: [], distances: symmetric(members.length, distance) };
}

/** Zero on the diagonal. */
function symmetric(count: number, of: (i: number, j: number) => number): Matrix {
  const all = matrix(count, count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) all.data[i * count + j] = all.data[j * count + i] = of(i, j);
  return all;
}
