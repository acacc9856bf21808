import type { SparseRows } from './sparse-rows.js';
import type { SymmetryBlock } from './symmetry-blocks.js';

/**
 * The part of each symmetry type that lies within some directions.
 * @param directions ascending; the group maps them to each other.
 * @returns blocks in the coordinates of these directions alone; types without such a part are left out.
 */
export function partBlocks(
  types: readonly SymmetryBlock[],
  directions: Uint32Array,
): SymmetryBlock[] {
  const position = new Map([...directions].map((direction, at) => [direction, at]));
  return types.flatMap(({ name, parts }, block): SymmetryBlock[] => {
    const rows = rowsWithin(parts[0], position);
    if (rows.length === 0) return [];
    const within = parts.map(part => restricted(part, rows, position));
    return [{ name, size: rows.length, parts: within, partOf: { block, rows } }];
  });
}

/** The blocks of whole symmetry types alone. */
export const wholeBlocks = (blocks: readonly SymmetryBlock[]): SymmetryBlock[] =>
  blocks.filter(({ partOf }) => !partOf);

type Position = ReadonlyMap<number, number>;

const rowsWithin = ({ start, index }: SparseRows, position: Position): Uint32Array =>
  Uint32Array.from(start.subarray(0, -1).keys()).filter(row => position.has(index[start[row]]));

function restricted(
  { start, index, weight }: SparseRows,
  rows: Uint32Array,
  position: Position,
): SparseRows {
  const entries = [...rows].map(row => [start[row], start[row + 1]] as const);
  const starts = new Uint32Array(rows.length + 1);
  entries.forEach(([from, to], i) => (starts[i + 1] = starts[i] + to - from));
  const indices = entries.flatMap(([from, to]) => [...index.subarray(from, to)]);
  const weights = entries.flatMap(([from, to]) => [...weight.subarray(from, to)]);
  return {
    start: starts,
    index: Uint32Array.from(indices, at => position.get(at)!),
    weight: Float64Array.from(weights),
  };
}
