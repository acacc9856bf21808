import {
  matrix,
  plainProduct,
  transpose,
  type Matrix,
  type MatrixProduct,
  type Random,
} from '@nads/linalg';

/** What becomes of the coefficients of images along k orthonormal directions. */
export interface Reordering {
  /** For each direction the one whose coefficient it gets; −1 for none. */
  readonly source: Int32Array;
  /** Whether what is orthogonal to all k directions stays. */
  readonly keepsRest: boolean;
}

const permutation = (k: number, sourceOf: (index: number) => number): Reordering => ({
  source: Int32Array.from({ length: k }, (_, index) => sourceOf(index)),
  keepsRest: true,
});

/** The last coefficient first: what the first directions carried, the last ones do (flipping). */
export const reversed = (k: number): Reordering => permutation(k, index => k - 1 - index);

/** Two coefficients exchanged. @throws where one is none of the k. */
export function swapped(k: number, a: number, b: number): Reordering {
  for (const index of [a, b]) requireDirection('swap', index, k);
  return permutation(k, index => (index === a ? b : index === b ? a : index));
}

function requireDirection(what: string, index: number, k: number): void {
  if (!(index >= 0 && index < k))
    throw new Error(`${what}: direction ${index} is out of range, 0 to ${k - 1}`);
}

/** All coefficients in random order. */
export function shuffled(k: number, random: Random): Reordering {
  const order = random.permutation(k);
  return permutation(k, index => order[index]);
}

/** Only the first coefficients: the projection onto their span. */
export const keptFirst = (k: number, first: number): Reordering => ({
  source: Int32Array.from({ length: k }, (_, index) => (index < first ? index : -1)),
  keepsRest: false,
});

/** All but some coefficients. @throws where one is none of the k. */
export function dropped(k: number, indices: Iterable<number>): Reordering {
  const { source, keepsRest } = permutation(k, index => index);
  for (const index of indices) {
    requireDirection('drop', index, k);
    source[index] = -1;
  }
  return { source, keepsRest };
}

/** All but the first coefficients. */
export const droppedFirst = (k: number, first: number): Reordering =>
  dropped(k, Array(first).keys());

/** What takes a reordering back. @throws where coefficients were lost. */
export function inverse({ source, keepsRest }: Reordering): Reordering {
  const back = new Int32Array(source.length).fill(-1);
  source.forEach((from, index) => from >= 0 && (back[from] = index));
  if (!keepsRest || back.includes(-1))
    throw new Error('a projection has no inverse; reverse, swap and shuffle have one');
  return { source: back, keepsRest };
}

/**
 * Images with their coefficients along orthonormal rows U reordered by S, x' = x + Uᵀ (S − 1) U x; every channel by itself
 * where rows have as many numbers as a channel.
 * @param images numbers of any count of rows' length; @param rows [k × P], orthonormal.
 * @throws where the length of the images is not a multiple of that of the rows, or the reordering is of another k.
 */
export async function reorderCoefficients(
  images: Float32Array,
  rows: Matrix,
  { source, keepsRest }: Reordering,
  product: MatrixProduct = plainProduct,
): Promise<Float32Array> {
  const count = images.length / rows.columns;
  if (!Number.isInteger(count))
    throw new Error(`${images.length} numbers are not images of ${rows.columns}`);
  if (source.length !== rows.rows)
    throw new Error(`a reordering of ${source.length} coefficients for ${rows.rows} directions`);
  const x = matrix(count, rows.columns, Float64Array.from(images));
  const before = await product(x, transpose(rows));
  const change = matrix(count, rows.rows);
  change.data.forEach((_, at) => {
    const index = at % rows.rows;
    const from = source[index];
    const given = from < 0 ? 0 : before.data[at - index + from];
    change.data[at] = keepsRest ? given - before.data[at] : given;
  });
  const { data } = await product(change, rows);
  return Float32Array.from(data, (value, i) => (keepsRest ? images[i] + value : value));
}
