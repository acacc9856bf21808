import type { Basis, ImageShape } from '@nads/basis';
import { readBasis } from '@nads/study/node';
import { warn } from './say.js';

/** The basis that a specification names; what was done to the rows of a file is said. */
export function openBasis(name: string, shape: ImageShape): Basis {
  const basis = readBasis(name, shape);
  if (basis.note) warn(basis.note);
  return basis;
}
