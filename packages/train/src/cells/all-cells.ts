import { cellEdges, cellOperations, type Cell } from './cell.js';
import { isomorphismKey } from './isomorphism-key.js';

/** All 15,625 cells, the operation of the first edge changing fastest. */
export function allCells(): Cell[] {
  const base = cellOperations.length;
  return Array.from({ length: base ** cellEdges.length }, (_, index) =>
    cellEdges.map((_, edge) => cellOperations[Math.floor(index / base ** edge) % base]),
  );
}

/** The first of the cells that compute the same, for each: 6,466 of all. */
export function distinctCells(cells: readonly Cell[] = allCells()): Cell[] {
  const first = new Map<string, Cell>();
  for (const cell of cells) {
    const key = isomorphismKey(cell);
    if (!first.has(key)) first.set(key, cell);
  }
  return [...first.values()];
}
