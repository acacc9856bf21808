import { changes, hull, type LocalGraph, type Range } from '@nads/onnx';
import type { ProbeBoxes } from './probe-boxes.js';

/** What may change of every map, by its name and then by the first row (or column) of a probe's box in the image. */
export type PlaceTable = ReadonlyMap<string, readonly Range[]>;

/** The tables of rows and columns. */
export function placeTables(
  graph: LocalGraph,
  { height, width }: ProbeBoxes,
  image: { readonly height: number; readonly width: number },
): readonly [rows: PlaceTable, columns: PlaceTable] {
  return [table(graph, 0, height, image.height), table(graph, 1, width, image.width)];
}

function table(graph: LocalGraph, axis: number, box: number, length: number): PlaceTable {
  const ranges = new Map<string, Range[]>();
  for (let first = 0; first + box <= length; first++)
    for (const [name, range] of changes(graph, axis, { first, end: first + box })) {
      const list = ranges.get(name);
      if (list) list.push(range);
      else ranges.set(name, [range]);
    }
  return ranges;
}

/** What may change of any of these maps. */
export function rangesOf(table: PlaceTable, names: readonly string[]): readonly Range[] {
  const [first, ...others] = names.map(name => table.get(name)!);
  if (others.length === 0) return first;
  return first.map((range, place) => hull([range, ...others.map(list => list[place])]));
}
