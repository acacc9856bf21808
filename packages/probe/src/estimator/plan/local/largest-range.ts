import type { Range } from '@nads/onnx';

/** The length of the longest of some ranges, which are those of these places. */
export function largestRange(ranges: readonly Range[], places: Iterable<number>): number {
  let most = 1;
  for (const place of places) most = Math.max(most, ranges[place].end - ranges[place].first);
  return most;
}
