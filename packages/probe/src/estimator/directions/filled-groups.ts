import type { BlockSums } from '../accumulate/block-sums.js';
import type { Tally } from '../accumulate/tally.js';

/** A group of a tally that has networks. */
export interface FilledGroup {
  readonly sums: BlockSums;
  /** Networks in the group, at least one. */
  readonly networks: number;
}

/** The groups of a tally that have networks: network n is in group n mod the number of groups. */
export const filledGroups = ({ networks, groups }: Tally): FilledGroup[] =>
  groups
    .slice(0, networks)
    .map((sums, g) => ({ sums, networks: Math.ceil((networks - g) / groups.length) }));
