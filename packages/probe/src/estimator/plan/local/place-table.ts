import { changes, hull, type LocalGraph, type Range } from '@nads/onnx';
import type { ProbeBoxes } from './probe-boxes.js';

/** What may change of every map, by the first row (or column) of a probe's box in the image. */
export type PlaceTable = readonly ReadonlyMap<string, Range>[];

/** The tables of rows and columns. */
export function placeTables(
  graph: LocalGraph,
  { height, width }: ProbeBoxes,
  image: { readonly height: number; readonly width: number },
): readonly [rows: PlaceTable, columns: PlaceTable] {
  const table = (axis: number, box: number, length: number): PlaceTable =>
    Array.from({ length: length - box + 1 }, (_, first) =>
      changes(graph, axis, { first, end: first + box }),
    );
  return [table(0, height, image.height), table(1, width, image.width)];
}

/** What may change of any of these maps. */
export const rangesOf = (table: PlaceTable, names: readonly string[]): Range[] =>
  table.map(changed => hull(names.map(name => changed.get(name)!)));
