import type { Basis, ImageShape } from '@nads/basis';

/** What saved results refer to. */
export interface SavedContext {
  /** The basis of a sweep by its name; one that needs no file if not given. */
  readonly openBasis?: (name: string, image: ImageShape) => Basis;
}
