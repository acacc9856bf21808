import { sizeOf } from '@nads/onnx';
import type { Channel, Channels, Entry } from '@nads/prune';

/** Channel groups as JSON: entries, and for each channel the places along each of them. */
export function groupsJson({ groups, whole, fixed, inference }: Channels): string {
  const numbersOf = ({ initializer, axis }: Entry, places: readonly number[]): number => {
    const dims = inference.get(initializer)!.dims!;
    return (sizeOf(dims) / dims[axis]) * places.length;
  };
  const removed = (entries: readonly Entry[], { indices }: Channel): number =>
    entries.reduce((sum, entry, i) => sum + numbersOf(entry, indices[i]), 0);
  const described = {
    groups: groups.map(({ entries, channels }) => ({
      entries,
      channels: channels.map(({ indices }) => indices),
      initializer_numbers_removed_per_channel: channels.map(channel => removed(entries, channel)),
    })),
    fixed: fixed.map(({ initializer, axis }) => `${initializer} axis ${axis}`),
    whole: whole.map(({ entries, reason, channels }) => ({
      entries,
      reason,
      channels: channels.length,
    })),
  };
  return `${JSON.stringify(described, null, 1)}\n`;
}

/** How many channels can go, in how many groups, and how many stay. */
export function groupsSummary({ groups, whole }: Channels) {
  const channelsOf = (all: readonly { readonly channels: readonly unknown[] }[]): number =>
    all.reduce((sum, { channels }) => sum + channels.length, 0);
  return { groups: groups.length, channels: channelsOf(groups), stay: channelsOf(whole) };
}
