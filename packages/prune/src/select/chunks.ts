import type { Channel, ChannelGroup } from '../channels/channel-group.js';

/** Channels of a group that are removed at once, so that what is left is a multiple. */
export interface Chunk {
  readonly channels: readonly Channel[];
  /** The mean importance of its channels. */
  readonly importance: number;
}

/**
 * The channels of all groups from the least to the most important, in chunks that leave a multiple of `multiple` in each group; the last
 * channels of a group are left out, since it may not be emptied.
 * @param importance of every channel of every group.
 */
export function chunksByImportance(
  groups: readonly ChannelGroup[],
  importance: readonly ArrayLike<number>[],
  multiple = 1,
): Chunk[] {
  const all = groups.flatMap(({ channels }, g) => chunksOf(channels, importance[g], multiple));
  return all.toSorted((a, b) => a.importance - b.importance);
}

function chunksOf(
  channels: readonly Channel[],
  importance: ArrayLike<number>,
  multiple: number,
): Chunk[] {
  const order = [...channels.keys()].toSorted((a, b) => importance[a] - importance[b]);
  const first = order.length % multiple || multiple;
  const chunks: Chunk[] = [];
  for (let start = 0, end = first; end < order.length; start = end, end += multiple) {
    const chosen = order.slice(start, end);
    const total = chosen.reduce((sum, i) => sum + importance[i], 0);
    chunks.push({ channels: chosen.map(i => channels[i]), importance: total / chosen.length });
  }
  return chunks;
}
