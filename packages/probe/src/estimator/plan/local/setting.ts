import type { LocalGraph } from '@nads/onnx';
import { directionOrder } from './direction-order.js';
import { placeTables } from './place-table.js';
import type { ProbeBoxes } from './probe-boxes.js';
import { sampledBatches, type BatchPlaces } from './sampled-batches.js';

/** What is probed, batch by batch, and what may change of every map. */
export interface Setting {
  readonly boxes: ProbeBoxes;
  readonly tables: ReturnType<typeof placeTables>;
  /** The order of directions in batches. */
  readonly order: Int32Array;
  readonly batches: readonly BatchPlaces[];
  /** Images in one run. */
  readonly batch: number;
  /** Images of one network. */
  readonly probes: number;
}

/** Probes in batches of so many images. */
export function settingOf(
  graph: LocalGraph,
  boxes: ProbeBoxes,
  tables: Setting['tables'],
  batch: number,
): Setting {
  const order = directionOrder(graph, boxes, tables, batch / 2);
  const batches = sampledBatches(boxes, order, batch / 2);
  return { boxes, tables, order, batches, batch, probes: 2 * boxes.tops.length };
}
