import { fileOfBasis, parseBasis, type Basis, type ImageShape, type Rows } from '@nads/basis';
import { readNads } from './read-nads.js';

/** What is in the file that a basis names; undefined where it names none. @throws one line that names the file. */
export function readRows(name: string): Rows | undefined {
  const file = fileOfBasis(name);
  return file === undefined ? undefined : readNads(file);
}

/** The basis that a specification names, read from a file where it names one. @throws one line that names option or file. */
export const readBasis = (name: string, shape: ImageShape): Basis =>
  parseBasis(name, shape, readRows(name));
