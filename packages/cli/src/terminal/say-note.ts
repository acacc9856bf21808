import type { Basis } from '@nads/basis';
import { warn } from './warn.js';

/** The basis; what was done to the rows of its file is said. */
export function sayNote(basis: Basis): Basis {
  if (basis.note) warn(basis.note);
  return basis;
}
