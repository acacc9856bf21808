import type { Channel, Channels } from '@nads/prune';
import { keyOf } from './importance-of.js';
import type { PrunedGroup } from './pruned.js';

/**
 * How many channels are left of each group, by its key. They are counted as they are removed: what a graph says of a group of one
 * channel is another thing, since a size of 1 is broadcast and a grouped convolution of one group is a plain one.
 */
export type Left = ReadonlyMap<string, number>;

/** All channels of a network. */
export const allLeft = ({ groups }: Channels): Left =>
  new Map(groups.map(group => [keyOf(group), group.channels.length]));

/** What is left without some channels of a network that has as many as `left` says. */
export function leftWithout(left: Left, { groups }: Channels, removed: readonly Channel[]): Left {
  const gone = new Set(removed);
  const after = new Map(left);
  for (const group of groups) {
    const count = group.channels.filter(channel => gone.has(channel)).length;
    after.set(keyOf(group), after.get(keyOf(group))! - count);
  }
  return after;
}

/** Channels of all groups. */
export const totalLeft = (left: Left): number => [...left.values()].reduce((a, b) => a + b, 0);

/** How many channels are left of each group of a network. */
export const groupsLeft = ({ groups }: Channels, left: Left): PrunedGroup[] =>
  groups.map(group => ({ group, left: left.get(keyOf(group))! }));
