import {
  direction,
  parseBasis,
  compose,
  type Relabellings,
  type SignedPermutation,
} from '@nads/basis';
import { addGram, matrix, mirrorLower, Random, symmetricEigen } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { addCovariance } from '../src/estimator/accumulate/add-covariance.js';
import { addLifted } from '../src/estimator/accumulate/add-lifted.js';
import { averageSums } from '../src/estimator/accumulate/average-sums.js';
import { emptySums } from '../src/estimator/accumulate/block-sums.js';
import type { SparseRows } from '../src/estimator/accumulate/sparse-rows.js';
import { symmetryBlocks } from '../src/estimator/accumulate/symmetry-blocks.js';
import { orderOf, type SymmetryGroup } from '../src/estimator/plan/symmetry-group.js';

const shape = { channels: 1, height: 6, width: 6 };
const square: SymmetryGroup = { flipRows: true, flipColumns: true, transposition: true };
const groups: SymmetryGroup[] = [
  { flipRows: false, flipColumns: false, transposition: false },
  { flipRows: true, flipColumns: false, transposition: false },
  { flipRows: false, flipColumns: false, transposition: true },
  { flipRows: true, flipColumns: true, transposition: false },
  square,
];

test('the eight symmetries of a 32×32 image split 1024 pixels into 136, 136, 120, 120 and twice 256', () => {
  const basis = parseBasis('pixels', { channels: 1, height: 32, width: 32 });
  const blocks = symmetryBlocks(1024, basis.relabellings, square);
  const sizes = blocks.map(({ size, parts }) => [size, parts.length]);
  expect(sizes.toSorted(([a], [b]) => a - b)).toEqual([
    [120, 1],
    [120, 1],
    [136, 1],
    [136, 1],
    [256, 2],
  ]);
  expect(orderOf(square)).toBe(8);
});

describe.each(['pixels', 'blocks:2', 'dct:4', 'fourier:5'])('along %s', name => {
  const basis = parseBasis(name, shape);
  const n = basis.size;

  test.each(groups)('the rows of all symmetry types are an orthonormal basis for %p', group => {
    const blocks = symmetryBlocks(n, basis.relabellings, group);
    const rows = blocks.flatMap(({ parts, size }) =>
      parts.flatMap(part => Array.from({ length: size }, (_, i) => lifted(part, unit(size, i), n))),
    );
    expect(rows).toHaveLength(n);
    for (const [i, a] of rows.entries())
      for (const [j, b] of rows.entries()) expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 12);
  });

  test.each(groups)(
    'averaging in symmetry types is averaging over the group for %p',
    async group => {
      const features = 3;
      const phi = new Float32Array(n * features);
      new Random(7).fillNormal(phi, 0, 1);
      const blocks = symmetryBlocks(n, basis.relabellings, group);
      const sums = emptySums(blocks);
      await addCovariance(sums, blocks, phi, features);
      const covariance = averageSums([sums], 1);
      const eigenvalues = covariance.flatMap((c, b) =>
        [...symmetricEigen(c).values].flatMap(value => blocks[b].parts.map(() => value)),
      );
      const expected = symmetricEigen(averagedOverGroup(phi, features, n, elements(group))).values;
      expectClose(
        eigenvalues.toSorted((a, b) => b - a),
        expected,
        { rtol: 1e-6, atol: 1e-5 },
      );
    },
  );

  function elements(group: SymmetryGroup): SignedPermutation[] {
    const identity = {
      index: Uint32Array.from({ length: n }, (_, j) => j),
      sign: new Int8Array(n).fill(1),
    };
    let all: SignedPermutation[] = [identity];
    for (const key of ['flipRows', 'flipColumns', 'transposition'] as const) {
      const generator = basis.relabellings?.[key];
      if (group[key] && generator)
        all = [...all, ...all.map(element => compose(generator, element))];
    }
    return all;
  }
});

test('relabellings of a basis move its directions as they move pixels', () => {
  for (const name of ['pixels', 'blocks:3', 'dct:5', 'fourier:6']) {
    const basis = parseBasis(name, shape);
    for (let j = 0; j < basis.size; j++) {
      const image = imageOf(name, j);
      const flipped = imageOf(name, basis.relabellings!.flipRows!.index[j]);
      const sign = basis.relabellings!.flipRows!.sign[j];
      for (let y = 0; y < 6; y++)
        for (let x = 0; x < 6; x++)
          expect(image[(5 - y) * 6 + x]).toBeCloseTo(sign * flipped[y * 6 + x], 12);
    }
  }
});

test('so they are along directions of which some have the other sign', async () => {
  const pixels = parseBasis('pixels', shape);
  const n = pixels.size;
  const signs = Array.from({ length: n }, (_, j) => (j % 4 < 2 ? -1 : 1));
  const turned = (plain: SignedPermutation | undefined): SignedPermutation => ({
    index: plain!.index,
    sign: Int8Array.from(plain!.index, (to, from) => signs[from] * signs[to]),
  });
  const { flipRows, flipColumns, transposition } = pixels.relabellings!;
  const relabellings = {
    flipRows: turned(flipRows),
    flipColumns: turned(flipColumns),
    transposition: turned(transposition),
  };
  const phi = new Float32Array(2 * n);
  new Random(8).fillNormal(phi, 0, 1);
  const eigenvaluesOf = async (features: Float32Array, by: Relabellings) => {
    const blocks = symmetryBlocks(n, by, square);
    const sums = emptySums(blocks);
    await addCovariance(sums, blocks, features, 2);
    return averageSums([sums], 1).map(c => symmetricEigen(c).values);
  };
  const plain = await eigenvaluesOf(phi, pixels.relabellings!);
  const other = await eigenvaluesOf(
    phi.map((x, i) => signs[Math.floor(i / 2)] * x),
    relabellings,
  );
  expect(other).toHaveLength(plain.length);
  plain.forEach((values, b) => expectClose(other[b], values, { rtol: 1e-6, atol: 1e-6 }));
});

test('a transposition with one flip only is refused', () => {
  const basis = parseBasis('pixels', shape);
  const group = { flipRows: true, flipColumns: false, transposition: true };
  expect(() => symmetryBlocks(36, basis.relabellings, group)).toThrow('generate the other flip');
});

function imageOf(name: string, j: number): Float64Array {
  return direction(parseBasis(name, shape), j);
}

function lifted(part: SparseRows, vector: readonly number[], n: number): Float64Array {
  const out = new Float64Array(n);
  addLifted(out, part, vector);
  return out;
}

const unit = (n: number, i: number): number[] =>
  Array.from({ length: n }, (_, j) => (i === j ? 1 : 0));
const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, x, i) => sum + x * b[i], 0);

/** (1/|G|) Σ g Φ Φᵀ gᵀ, written out. */
function averagedOverGroup(
  phi: Float32Array,
  features: number,
  n: number,
  group: readonly SignedPermutation[],
) {
  const sum = matrix(n, n);
  for (const { index, sign } of group) {
    const moved = new Float64Array(phi.length);
    for (let j = 0; j < n; j++)
      for (let k = 0; k < features; k++)
        moved[index[j] * features + k] = sign[j] * phi[j * features + k];
    addGram(sum, moved);
  }
  mirrorLower(sum);
  return matrix(
    n,
    n,
    sum.data.map(x => x / group.length),
  );
}
