import { overlap } from '@nads/linalg';
import type { Gathered } from './gathered.js';
import { quantisedRows, restoredRows } from './quantised-rows.js';

/** The largest change of an overlap that rounding of directions to eight bits makes, over all pairs and dimensions; 0 of one member. */
export function roundingError(found: readonly Gathered[], tops: readonly number[]): number {
  const exact = found.map(({ estimates: [{ leading }] }) => leading);
  const rounded = exact.map(rows => restoredRows(quantisedRows(rows)));
  let most = 0;
  exact.forEach((a, i) => {
    for (let j = 0; j < i; j++)
      for (const top of tops) {
        const change = overlap(a, exact[j], top) - overlap(rounded[i], rounded[j], top);
        most = Math.max(most, Math.abs(change));
      }
  });
  return most;
}
