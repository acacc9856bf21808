import type { ProbeBoxes } from './probe-boxes.js';

/** Where the boxes of a batch of directions are. */
export interface BatchPlaces {
  /** First rows, each once. */
  readonly tops: readonly number[];
  /** First columns, each once. */
  readonly lefts: readonly number[];
}

/** Batches beyond this number are not looked at one by one. */
const most = 64;

/** Batches of so many directions, which come in an order; where there are many, some of them at equal distances. */
export function sampledBatches(
  { tops, lefts }: ProbeBoxes,
  order: Int32Array,
  directions: number,
): BatchPlaces[] {
  const count = Math.ceil(tops.length / directions);
  const sampled = Math.min(most, count);
  return Array.from({ length: sampled }, (_, i) => {
    const first = Math.floor((i * count) / sampled) * directions;
    const batch = order.subarray(first, first + directions);
    const distinct = (places: Int32Array) => [...new Set(batch.map(j => places[j]))];
    return { tops: distinct(tops), lefts: distinct(lefts) };
  });
}
