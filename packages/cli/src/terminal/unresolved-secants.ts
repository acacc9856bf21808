/**
 * Says that secants are doubtful.
 * @param share of those that were looked at
 * @param which they were
 * @param remedy beside a larger step
 */
export const unresolvedSecants = (share: number, which: string, remedy = ''): string =>
  `${(100 * share).toFixed(0)} % of the secants (of some of the first ${which}) are below the resolution of float32, ` +
  `2⁻²⁴·|f|/2h: rounding or nothing; try a larger --step${remedy}`;
