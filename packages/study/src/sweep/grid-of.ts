import type { Basis } from '@nads/basis';
import type { Identity } from '../identity.js';

/** What is known of the directions of a sweep. */
export interface SweptDirections {
  readonly basis: Pick<Basis, 'eigenvalues' | 'name' | 'places' | 'shape'>;
  readonly identity: Identity;
}

/** A grid that indices are places of. */
export interface Grid {
  readonly size: readonly [x: number, y: number];
  readonly placeOf: (index: number) => readonly [x: number, y: number];
}

/** The grid of directions that indices count; undefined where they count a list. */
export function gridOf({ basis, identity }: SweptDirections): Grid | undefined {
  const { size, placeOf } = basis.places ?? {};
  if (size && identity.addressing === 'places')
    return { size, placeOf: index => [index % size[0], Math.floor(index / size[0])] };
  return size && placeOf && { size, placeOf };
}
