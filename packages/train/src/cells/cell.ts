/** Operations of the NAS-Bench-201 search space (Dong & Yang 2020), in the order of the benchmark. */
export const cellOperations = [
  'none',
  'skip_connect',
  'nor_conv_1x1',
  'nor_conv_3x3',
  'avg_pool_3x3',
] as const;

/** What an edge of a cell does to the value of the node that it comes from. */
export type CellOperation = (typeof cellOperations)[number];

/** Edges of a cell: nodes 1 to 3 are sums over all nodes before them, node 0 is the input and node 3 the output. */
export const cellEdges = [
  { to: 1, from: 0 },
  { to: 2, from: 0 },
  { to: 2, from: 1 },
  { to: 3, from: 0 },
  { to: 3, from: 1 },
  { to: 3, from: 2 },
] as const;

/** The operation of each edge, in the order of `cellEdges`. */
export type Cell = readonly CellOperation[];

/** What the name of the network of a cell begins with. */
export const cellPrefix = 'cell:';

/** A cell as the benchmark writes it: |op~0|+|op~0|op~1|+|op~0|op~1|op~2|. */
export const formatCell = (cell: Cell): string =>
  [1, 2, 3]
    .map(node => {
      const edges = cellEdges.flatMap(({ to, from }, i) =>
        to === node ? [`${cell[i]}~${from}`] : [],
      );
      return `|${edges.join('|')}|`;
    })
    .join('+');

/** The cell of the benchmark's notation. @throws where it is none, saying what is wrong. */
export function parseCell(text: string): Cell {
  const cell = [...text.matchAll(/([a-z0-9_]+)~(\d)/g)].map(([, operation]) =>
    operationOf(operation, text),
  );
  if (cell.length === cellEdges.length && formatCell(cell) === text.trim()) return cell;
  throw new Error(`'${text}' is no cell; expected |op~0|+|op~0|op~1|+|op~0|op~1|op~2|`);
}

function operationOf(name: string, cell: string): CellOperation {
  const found = cellOperations.find(one => one === name);
  if (found) return found;
  throw new Error(
    `cell '${cell}' has an unknown operation '${name}'; expected one of ${cellOperations.join(', ')}`,
  );
}
