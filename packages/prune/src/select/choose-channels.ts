import type { Channel } from '../channels/channel-group.js';
import type { Channels } from '../channels/channel-groups.js';
import type { Chunk } from './chunks.js';
import { sizeWithout } from './network-size.js';

/** What should be gone. */
export type Goal =
  | { readonly channels: number }
  | { /** Multiply–accumulates that may be left. */ readonly macs: number };

/** The first chunks that reach a goal, or all where none does. */
export function chooseChannels(
  channels: Channels,
  chunks: readonly Chunk[],
  goal: Goal,
): Channel[] {
  const first = (count: number): Channel[] =>
    chunks.slice(0, count).flatMap(chunk => chunk.channels);
  const isReached = (count: number): boolean =>
    'macs' in goal
      ? sizeWithout(channels, first(count)).macs <= goal.macs
      : first(count).length >= goal.channels;
  let [low, high] = [0, chunks.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return first(low);
}
