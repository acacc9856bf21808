import type { Basis } from '@nads/basis';

/** Some directions of a basis as one of their own, which no relabelling is known of. */
export const alongSome = ({ visit, ...basis }: Basis, directions: Uint32Array): Basis => ({
  name: `${directions.length} of ${basis.name}`,
  size: directions.length,
  shape: basis.shape,
  visit: (j, each) => visit(directions[j], each),
});
