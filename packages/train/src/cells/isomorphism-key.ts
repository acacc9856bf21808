import { cellEdges, type Cell } from './cell.js';

/** What stands for a value that is zero. */
const zero = '#';

/**
 * The same for cells that compute the same, by the benchmark's own rule (Dong & Yang 2020, section 2.1): the output as an expression
 * in which a skip connection is the value before it, none is zero, and terms are sorted. 6,466 differ.
 */
export function isomorphismKey(cell: Cell): string {
  const nodes = ['0'];
  for (const node of [1, 2, 3]) {
    const terms = cellEdges.flatMap(({ to, from }, i) =>
      to === node ? [termOf(cell[i], nodes[from])] : [],
    );
    nodes.push(terms.toSorted((a, b) => (a < b ? -1 : 1)).join('+'));
  }
  return nodes[3];
}

function termOf(operation: Cell[number], value: string): string {
  if (operation === 'none' || value === zero) return zero;
  return operation === 'skip_connect' ? value : `(${value})@${operation}`;
}
