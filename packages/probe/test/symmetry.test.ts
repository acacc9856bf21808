import { nodeRuntime } from '@nads/runtime/node';
import { pixelsOf, type ImageShape } from '@nads/basis';
import { NetworkProbe } from '../src/estimator/network-probe.js';
import type { EstimateOptions } from '../src/estimator/plan/estimate-options.js';
import { prepare } from '../src/estimator/plan/prepare.js';
import { conjugated, expectMatrix, lifted, meanOf, rowsOf, type Rows } from './reference.js';
import { convolutional, type Convolution } from './small-convolution.js';

// A network with a known symmetry: averaging must equal the mean of T C Tᵀ over the group, written out.

type Move = (y: number, x: number) => readonly [number, number];

/** Where a move sends pixels, as a permutation matrix on [C·H·W]. */
function moving({ channels, height, width }: ImageShape, move: Move): Rows {
  const n = channels * height * width;
  const matrix = Array.from({ length: n }, () => Array.from({ length: n }, () => 0));
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [toY, toX] = move(y, x);
        matrix[(c * height + toY) * width + toX][(c * height + y) * width + x] = 1;
      }
  return matrix;
}

/** All products of some moves. */
function groupOf({ height, width }: ImageShape, generators: readonly string[]): Move[] {
  const moves: Record<string, Move> = {
    'flip rows': (y, x) => [height - 1 - y, x],
    'flip columns': (y, x) => [y, width - 1 - x],
    transposition: (y, x) => [x, y],
  };
  return generators.reduce<Move[]>(
    (all, name) => [
      ...all,
      ...all.map(
        (move): Move =>
          (y, x) =>
            moves[name](...move(y, x)),
      ),
    ],
    [(y, x) => [y, x]],
  );
}

/** D T Dᵀ: a move in the coordinates of directions D. */
const inCoordinates = (directions: Rows, move: Rows): Rows => conjugated(directions, move);

async function covarianceOf(shape: Convolution, options: EstimateOptions) {
  const { plan } = prepare(convolutional(shape), options);
  const probe = new NetworkProbe(plan, nodeRuntime);
  const n = probe.basis.size;
  return { plan, probe, c: lifted(await probe.contribution(1), probe.blocks, n) };
}

const plane = (height: number, width: number): ImageShape => ({ channels: 1, height, width });

/** A shape of the convolution, and the symmetries that the network has. */
const cases: [string, Convolution, string[]][] = [
  [
    'all eight of a square',
    { image: plane(4, 4), strides: [1, 1] },
    ['flip rows', 'flip columns', 'transposition'],
  ],
  // a stride of 2 on an even size leaves a pixel over at one end
  ['the transposition alone', { image: plane(4, 4), strides: [2, 2] }, ['transposition']],
  ['flips of rows alone', { image: plane(3, 4), strides: [1, 2] }, ['flip rows']],
  ['flips of columns alone', { image: plane(4, 3), strides: [2, 1] }, ['flip columns']],
  ['both flips', { image: plane(3, 5), strides: [1, 2] }, ['flip rows', 'flip columns']],
  [
    'both flips in two channels',
    { image: { channels: 2, height: 3, width: 3 }, strides: [1, 2] },
    ['flip rows', 'flip columns'],
  ],
];

describe.each(cases)('%s', (_, shape, generators) => {
  // weights of another mean keep all channels
  const options: EstimateOptions = { seed: 6, init: 'like-file' };

  test('are what is averaged over', async () => {
    const { plan } = prepare(convolutional(shape), options);
    expect(plan.group).toEqual({
      flipRows: generators.includes('flip rows'),
      flipColumns: generators.includes('flip columns'),
      transposition: generators.includes('transposition'),
    });
  });

  test.each(['pixels', 'dct:2', 'dct', 'fourier:3'])(
    'along %s, C is the mean over the group',
    async basis => {
      const alone = await covarianceOf(shape, { ...options, basis, symmetry: 'none' });
      const averaged = await covarianceOf(shape, { ...options, basis });
      const directions = rowsOf(alone.probe.basis);
      const moved = groupOf(shape.image, generators).map(move =>
        conjugated(inCoordinates(directions, moving(shape.image, move)), alone.c),
      );
      expectMatrix(averaged.c, meanOf(moved), 1e-6);
      if (basis === 'pixels') expect(() => expectMatrix(averaged.c, alone.c, 1e-2)).toThrow();
    },
  );

  test('several points of a gradient are averaged over with it', async () => {
    const local: EstimateOptions = { ...options, probe: 'gradient', pointCount: 2 };
    const alone = await covarianceOf(shape, { ...local, symmetry: 'none' });
    const averaged = await covarianceOf(shape, local);
    const moved = groupOf(shape.image, generators).map(move =>
      conjugated(moving(shape.image, move), alone.c),
    );
    expectMatrix(averaged.c, meanOf(moved), 1e-6);
  });
});

test('of exchangeable channels the first alone is probed, and gives its block of C', async () => {
  const shape: Convolution = { image: { channels: 3, height: 2, width: 4 }, strides: [2, 2] };
  const alone = await covarianceOf(shape, { seed: 3, symmetry: 'none' });
  const averaged = await covarianceOf(shape, { seed: 3 });
  const area = pixelsOf({ ...shape.image, channels: 1 });
  expect(averaged.plan.probedChannels).toBe(1);
  expect(averaged.plan.group).toEqual({
    flipRows: false,
    flipColumns: false,
    transposition: false,
  });
  const block = alone.c.slice(0, area).map(row => row.slice(0, area));
  expectMatrix(averaged.c, block, 1e-6);
});
