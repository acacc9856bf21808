import type { Change } from './change-record.js';

/** How large a change is, in a line. */
export function describeChange({ norm, clean, largest, unit }: Change): string {
  const share = clean > 0 ? ` (${((100 * norm) / clean).toPrecision(3)} %)` : '';
  return `change: mean norm ${norm.toPrecision(4)} of ${clean.toPrecision(4)}${share}, largest of a pixel ${largest.toPrecision(3)}, ${unit}`;
}
