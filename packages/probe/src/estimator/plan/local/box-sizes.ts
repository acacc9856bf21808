import type { Stage } from '@nads/onnx';
import { largestRange } from './largest-range.js';
import { rangesOf } from './place-table.js';
import type { Setting } from './setting.js';
import type { Size } from './work-of.js';

/** Sizes of the boxes of a stage's outputs in each batch. */
export function boxSizes({ outputs }: Stage, { tables, batches }: Setting): Size[] {
  const [rows, columns] = tables.map(table => rangesOf(table, outputs));
  return batches.map(({ tops, lefts }) => [largestRange(rows, tops), largestRange(columns, lefts)]);
}
