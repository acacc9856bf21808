/** How a basis is written, for help; written out here since the package that knows it is slow to load. */
export const basisHelp =
  'pixels, dct[:K], fourier[:K], blocks:K, random:N[:SEED], or nads:FILE (docs/bases.md)';
