import { batchOf, inChannels, parseBasis, pixelPositions } from '@nads/basis';
import type { Session } from '@nads/runtime';
import { expectClose } from '@nads/testing';
import { gradientCount } from '../src/estimator/plan/gradient-count.js';
import { jacobian } from '../src/estimator/secants/jacobian.js';

const shape = { channels: 2, height: 2, width: 3 };
const point = Float32Array.from({ length: 12 }, (_, i) => i / 10);
const seed = { name: 'seed', outputs: 3 };

/** The gradient of Σ_k seed_k f_k, f_k(x) = Σ_j (k + 1)(j + 1) x_j³, images as rows. */
function cubicGradient(layout: 'NCHW' | 'NHWC', batches: number[]): Session {
  const positions = pixelPositions(shape, layout);
  return {
    inputs: ['x', 'seed'],
    outputs: ['g'],
    release: async () => {},
    run: async ({ x, seed: given }) => {
      const n = x.data.length / 12;
      batches.push(n);
      expect(x.dims).toEqual(batchOf(n, shape, layout));
      expect(given.dims).toEqual([n, 3]);
      const data = new Float32Array(n * 12);
      for (let image = 0; image < n; image++)
        positions.forEach((at, j) => {
          for (let k = 0; k < 3; k++)
            data[image * 12 + at] +=
              Number(given.data[image * 3 + k]) * (k + 1) * (j + 1) * 3 * Number(x.data[at]) ** 2;
        });
      return { g: { type: 'float32', dims: x.dims, data } };
    },
  };
}

const probing = (layout: 'NCHW' | 'NHWC', batch: number, basis = 'pixels') => ({
  binding: { input: 'x', output: 'g', seed, layout, batch },
  basis: inChannels(parseBasis(basis, shape), shape),
  point,
  step: 0,
});

/** ∂f_k/∂x_j = 3 (k + 1)(j + 1) x_j². */
const partial = (j: number, k: number): number => 3 * (k + 1) * (j + 1) * point[j] ** 2;

describe.each(['NCHW', 'NHWC'] as const)('in %s', layout => {
  test.each([
    [1, 3],
    [2, 3],
    [5, 3],
    [2, 1],
  ])('partial derivatives of a cubic are exact in batches of %i, %i rows', async (batch, rows) => {
    const batches: number[] = [];
    const phi = await jacobian(cubicGradient(layout, batches), probing(layout, batch), rows);
    const expected = Array.from(point).flatMap((_, j) =>
      Array.from({ length: rows }, (__, k) => partial(j, k)),
    );
    expectClose(phi, expected, { rtol: 1e-5 });
    expect(batches).toEqual(Array.from({ length: Math.ceil(rows / batch) }, () => batch));
  });

  test('along another basis they are directional derivatives', async () => {
    const phi = await jacobian(cubicGradient(layout, []), probing(layout, 2, 'dct:1'), 2);
    const alongConstant = (channel: number, k: number): number =>
      [0, 1, 2, 3, 4, 5].reduce((sum, j) => sum + partial(6 * channel + j, k), 0) / Math.sqrt(6);
    const expected = [0, 1].flatMap(channel => [0, 1].map(k => alongConstant(channel, k)));
    expectClose(phi, expected, { rtol: 1e-5 });
  });
});

test('a sampled head asks for one gradient, all else for every one', () => {
  const counts = (['sampled', 'outputs'] as const).map(kind => gradientCount(seed, { kind }));
  expect(counts).toEqual([1, 3]);
  expect(gradientCount(seed, { kind: 'marginalised', mean: 0, variance: 1 })).toBe(3);
});

test('a gradient that is not finite is named, with what to try', async () => {
  const session: Session = {
    ...cubicGradient('NCHW', []),
    run: async ({ x }) => ({
      g: { type: 'float32', dims: x.dims, data: new Float32Array(x.data.length).fill(NaN) },
    }),
  };
  await expect(jacobian(session, probing('NCHW', 2), 3)).rejects.toThrow(
    'the network gives NaN for a gradient at the point; try `probe` secant or another `init`',
  );
});
