/** A relative difference that rounding and the averaging over few networks make. */
const negligible = 1e-3;

/** Whether all directions are preferred alike, so that which ones come first has no meaning. @param eigenvalues largest first */
export const isIsotropic = (eigenvalues: Float64Array): boolean =>
  eigenvalues[0] - eigenvalues.at(-1)! <= negligible * eigenvalues[0];
