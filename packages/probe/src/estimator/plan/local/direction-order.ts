import { nodeMacs, type LocalGraph } from '@nads/onnx';
import type { placeTables, PlaceTable } from './place-table.js';
import type { ProbeBoxes } from './probe-boxes.js';
import { dimsOf } from './work-of.js';

/**
 * The order in which directions are probed, so that boxes of a batch are of about one size: all are as large as the largest.
 * Rows are sorted by the work that a change in them makes, columns likewise, and a batch gets a few of each.
 * @param directions in a batch.
 */
export function directionOrder(
  graph: LocalGraph,
  { tops, lefts }: ProbeBoxes,
  tables: ReturnType<typeof placeTables>,
  directions: number,
): Int32Array {
  const tall = 2 ** Math.ceil(Math.log2(directions) / 2);
  const wide = Math.max(1, Math.floor(directions / tall));
  const row = groups(tops, workIn(graph, tables[0], 0), tall);
  const column = groups(lefts, workIn(graph, tables[1], 1), wide);
  return Int32Array.from(tops.keys()).toSorted(
    (a, b) => row[tops[a]] - row[tops[b]] || column[lefts[a]] - column[lefts[b]] || a - b,
  );
}

/** Groups of so many places each, by place: the places that occur, sorted by their work. */
function groups(places: Int32Array, work: readonly number[], size: number): Int32Array {
  const sorted = [...new Set(places)].toSorted((a, b) => work[a] - work[b] || a - b);
  const group = new Int32Array(work.length);
  for (const [rank, place] of sorted.entries()) group[place] = Math.floor(rank / size);
  return group;
}

/** Multiply–accumulates behind a change at each place, if it spread along this axis alone. */
function workIn(graph: LocalGraph, table: PlaceTable, axis: number): number[] {
  const dims = (name: string) => dimsOf(graph, name);
  const work: number[] = table.get(graph.source)!.map(() => 0);
  for (const { node } of graph.nodes) {
    const [name] = node.outputs;
    const macs = nodeMacs(node, dims) / dims(name)[2 + axis];
    if (macs > 0)
      for (const [place, { first, end }] of table.get(name)!.entries())
        work[place] += macs * (end - first);
  }
  return work;
}
