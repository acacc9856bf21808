import { parseBasis, type Basis, type ImageShape } from '@nads/basis';

/** What saved results refer to. */
export interface SavedContext {
  /** The basis of a sweep by its name; one that needs no file if not given. */
  readonly openBasis?: (name: string, image: ImageShape) => Basis;
}

/** What was given, and what is usual beside it. */
export const savedContext = ({
  openBasis = (name, image) => parseBasis(name, image),
}: SavedContext): Required<SavedContext> => ({ openBasis });
