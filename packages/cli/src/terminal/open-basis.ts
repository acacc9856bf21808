import type { Basis, ImageShape } from '@nads/basis';
import { readBasis } from '@nads/study/node';
import { warn } from './say.js';

/** A basis whose note, what was done to the rows of its file, has been said. */
export function noted(basis: Basis): Basis {
  if (basis.note) warn(basis.note);
  return basis;
}

/** The basis that a specification names, noted. */
export const openBasis = (name: string, shape: ImageShape): Basis => noted(readBasis(name, shape));
