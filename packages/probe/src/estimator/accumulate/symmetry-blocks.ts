import {
  compose,
  identityPermutation,
  type Relabellings,
  type SignedPermutation,
} from '@nads/basis';

/** Sparse orthonormal rows: row i has entries `weight[k]` at `index[k]`, start[i] ≤ k < start[i + 1]. */
export interface SparseRows {
  readonly start: Uint32Array;
  readonly index: Uint32Array;
  readonly weight: Float64Array;
}

/**
 * One symmetry type. In the coordinates of `parts[0]` the covariance is a block of its own; where
 * there are two parts, the same block appears once more in those of `parts[1]`.
 */
export interface SymmetryBlock {
  /** Signs under (flip rows, flip columns, transposition), as in '++-'; '-+ and +-' for the pairs. */
  readonly name: string;
  readonly size: number;
  readonly parts: readonly SparseRows[];
}

/** Which generators of the square's symmetries are averaged over. */
export interface SymmetryGroup {
  readonly flipRows: boolean;
  readonly flipColumns: boolean;
  readonly transposition: boolean;
}

/** Number of elements of the group. */
export function orderOf({ flipRows, flipColumns, transposition }: SymmetryGroup): number {
  return (flipRows ? 2 : 1) * (flipColumns ? 2 : 1) * (transposition ? 2 : 1);
}

/**
 * Splits n directions into symmetry types (isotypic components), on which a covariance that is
 * invariant under the group is block diagonal (Serre, Linear Representations of Finite Groups, §2.6).
 * Averaging over the group is then nothing but leaving the other blocks out.
 * @throws if the group has a transposition and one flip only: their products are the other flip.
 */
export function symmetryBlocks(
  n: number,
  relabellings: Relabellings | undefined,
  group: SymmetryGroup,
): SymmetryBlock[] {
  const { flipRows, flipColumns, transposition } = generators(n, relabellings, group);
  if (transposition && !!flipRows !== !!flipColumns)
    throw new Error('a transposition and one flip generate the other flip; give both or none');
  const flips = [flipRows, flipColumns];
  const paired = transposition !== undefined && flipRows !== undefined;
  const blocks: SymmetryBlock[] = [];
  for (const signs of signChoices(flips))
    if (paired && signs[0] !== signs[1]) {
      if (signs[0] === -1) blocks.push(pairBlock(n, flips, signs, transposition));
    } else blocks.push(...splitByTransposition(n, flips, signs, transposition));
  return blocks.filter(block => block.size > 0);
}

type Generator = SignedPermutation | undefined;

function generators(n: number, relabellings: Relabellings | undefined, group: SymmetryGroup) {
  const pick = (name: keyof SymmetryGroup): Generator => {
    if (!group[name]) return undefined;
    const generator = relabellings?.[name];
    if (!generator || generator.index.length !== n)
      throw new Error(`the basis is not closed under ${name}`);
    return generator;
  };
  return {
    flipRows: pick('flipRows'),
    flipColumns: pick('flipColumns'),
    transposition: pick('transposition'),
  };
}

/** All ways to be even or odd under the generators that are there; 1 for those that are not. */
function signChoices(flips: readonly Generator[]): number[][] {
  return flips.reduce<number[][]>(
    (choices, flip) =>
      choices.flatMap(signs =>
        flip
          ? [
              [...signs, 1],
              [...signs, -1],
            ]
          : [[...signs, 1]],
      ),
    [[]],
  );
}

function splitByTransposition(
  n: number,
  flips: readonly Generator[],
  signs: readonly number[],
  transposition: Generator,
): SymmetryBlock[] {
  const choices = transposition ? [1, -1] : [undefined];
  return choices.map(sign => {
    const all = sign === undefined ? [...signs] : [...signs, sign];
    const rows = projected(n, sign === undefined ? flips : [...flips, transposition], all);
    return { name: nameOf(flips, signs, sign), size: rows.start.length - 1, parts: [rows] };
  });
}

function pairBlock(
  n: number,
  flips: readonly Generator[],
  signs: readonly number[],
  transposition: SignedPermutation,
): SymmetryBlock {
  const rows = projected(n, flips, signs);
  const partner: SparseRows = {
    start: rows.start,
    index: rows.index.map(j => transposition.index[j]),
    weight: rows.weight.map((w, k) => w * transposition.sign[rows.index[k]]),
  };
  return { name: '-+ and +-', size: rows.start.length - 1, parts: [rows, partner] };
}

function nameOf(
  flips: readonly Generator[],
  signs: readonly number[],
  transposition: number | undefined,
): string {
  const mark = (sign: number): string => (sign > 0 ? '+' : '-');
  const flipped = flips.map((flip, i) => (flip ? mark(signs[i]) : '')).join('');
  return flipped + (transposition === undefined ? '' : mark(transposition)) || 'all';
}

/** Orthonormal rows of the vectors that take the given sign under each generator. */
function projected(
  n: number,
  generators: readonly Generator[],
  signs: readonly number[],
): SparseRows {
  const elements = groupElements(n, generators, signs);
  const seen = new Uint8Array(n);
  const start = [0];
  const index: number[] = [];
  const weight: number[] = [];
  for (let j = 0; j < n; j++) {
    if (seen[j]) continue;
    const sums = new Map<number, number>();
    for (const { permutation, character } of elements) {
      const image = permutation.index[j];
      seen[image] = 1;
      sums.set(image, (sums.get(image) ?? 0) + character * permutation.sign[j]);
    }
    const norm = Math.hypot(...sums.values());
    if (norm === 0) continue;
    for (const [i, sum] of sums) {
      index.push(i);
      weight.push(sum / norm);
    }
    start.push(index.length);
  }
  return {
    start: Uint32Array.from(start),
    index: Uint32Array.from(index),
    weight: Float64Array.from(weight),
  };
}

interface Element {
  readonly permutation: SignedPermutation;
  readonly character: number;
}

/** Products of commuting choices of generators (every element once) with their characters. */
function groupElements(
  n: number,
  generators: readonly Generator[],
  signs: readonly number[],
): Element[] {
  let elements: Element[] = [{ permutation: identityPermutation(n), character: 1 }];
  generators.forEach((generator, i) => {
    if (!generator) return;
    const moved = elements.map(({ permutation, character }) => ({
      permutation: compose(generator, permutation),
      character: character * signs[i],
    }));
    elements = [...elements, ...moved];
  });
  return elements;
}

/** scale · rows · Φ for Φ [n × f]: the coordinates of features in a symmetry type. */
export function applyRows(rows: SparseRows, phi: Float32Array, f: number, scale = 1): Float64Array {
  const size = rows.start.length - 1;
  const out = new Float64Array(size * f);
  for (let i = 0; i < size; i++)
    for (let k = rows.start[i]; k < rows.start[i + 1]; k++)
      addScaledRow(out, i * f, phi, rows.index[k] * f, scale * rows.weight[k], f);
  return out;
}

function addScaledRow(
  out: Float64Array,
  to: number,
  phi: Float32Array,
  from: number,
  weight: number,
  f: number,
): void {
  for (let c = 0; c < f; c++) out[to + c] += weight * phi[from + c];
}

/** rowsᵀ · v: a vector of a symmetry type in the coordinates of all directions. */
export function liftVector(rows: SparseRows, vector: ArrayLike<number>, n: number): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < vector.length; i++)
    for (let k = rows.start[i]; k < rows.start[i + 1]; k++)
      out[rows.index[k]] += rows.weight[k] * vector[i];
  return out;
}
