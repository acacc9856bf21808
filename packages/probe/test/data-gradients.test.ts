import { fromRows, matrix, multiply, multiplyTransposed, Random, row } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import {
  gradientCovariance,
  imageEnergy,
  inEveryChannel,
  radialProfile,
  subspaceAngles,
  subspaceShares,
  type Products,
} from '../src/data-gradients/index.js';

/** Rows of decaying size, so that eigenvalues are apart. */
function gradients(count: number, dimension: number): Float32Array[] {
  const random = new Random('gradients');
  return Array.from({ length: count }, (_, i) => {
    const g = new Float32Array(dimension);
    random.fork(i).fillNormal(g, 0, 1);
    return g.map((x, j) => x * 0.8 ** j);
  });
}

const products: Products = {
  multiply: async (a, b) => multiply(a, b),
  gram: async a => multiplyTransposed(a, a),
};

async function filled(rows: readonly Float32Array[], expected: number, given: Products = {}) {
  const covariance = gradientCovariance(expected, rows[0].length, given);
  for (const g of rows) await covariance.add(g);
  return covariance;
}

test.each([
  ['kept', 2, 6],
  ['summed', 5, 2],
])(
  'the covariance of a linear model has rank 1 along its weights, gradients %s',
  async (_, count, dimension) => {
    const w = Float32Array.from({ length: dimension }, (__, j) => (j === 1 ? -2 : 1));
    const covariance = await filled(
      Array.from({ length: count }, () => w),
      count,
    );
    const { eigenvalues, eigenvectors } = await covariance.spectrum(2);
    const square = w.reduce((sum, x) => sum + x * x, 0);
    expectClose(eigenvalues, [square], { rtol: 1e-12 });
    expect(eigenvectors.rows).toBe(1);
    // The entry of largest magnitude is made positive.
    expectClose(
      row(eigenvectors, 0),
      w.map(x => -x / Math.sqrt(square)),
      { rtol: 1e-6 },
    );
    expectClose([covariance.trace()], [square]);
  },
);

test('by hand: (3, 4) and (0, 0) have C = [[4.5, 6], [6, 8]]', async () => {
  const rows = [Float32Array.of(3, 4), Float32Array.of(0, 0)];
  for (const expected of [1, 2]) {
    const covariance = await filled(rows, expected);
    expect(covariance.trace()).toBe(12.5);
    const { eigenvalues, eigenvectors } = await covariance.spectrum(2);
    expectClose(eigenvalues, [12.5], { rtol: 1e-12 });
    expectClose(eigenvectors.data, [0.6, 0.8], { rtol: 1e-12 });
    const along = await covariance.along(
      fromRows([
        [1, 0],
        [0, 1],
        [0.6, 0.8],
      ]),
    );
    expectClose(along, [4.5, 8, 12.5], { rtol: 1e-12 });
  }
});

test.each([
  [12, 20],
  [20, 12],
  [300, 12],
])(
  '%i gradients of %i numbers: kept or summed, with any products, they say the same',
  async (n, d) => {
    const rows = gradients(n, d);
    const all = await Promise.all(
      [d - 1, d].flatMap(expected =>
        [{}, products].map(async given => {
          const covariance = await filled(rows, expected, given);
          return { covariance, spectrum: await covariance.spectrum(5) };
        }),
      ),
    );
    const [{ covariance, spectrum }, ...others] = all;
    const k = Math.min(n, d);
    for (const other of others) {
      expectClose(other.spectrum.eigenvalues.subarray(0, k), spectrum.eigenvalues.subarray(0, k), {
        rtol: 1e-6,
        atol: 1e-10,
      });
      expectClose(other.spectrum.eigenvectors.data, spectrum.eigenvectors.data, {
        rtol: 1e-5,
        atol: 1e-7,
      });
      expectClose([other.covariance.trace()], [covariance.trace()], { rtol: 1e-12 });
      const directions = matrix(5, d, spectrum.eigenvectors.data);
      expectClose(await other.covariance.along(directions), spectrum.eigenvalues.subarray(0, 5), {
        rtol: 1e-7,
      });
    }
  },
);

test('gradients that are all zero are refused', async () => {
  const covariance = await filled([new Float32Array(4)], 1);
  await expect(covariance.spectrum(1)).rejects.toThrow('all gradients are zero');
});

test('directions of one channel stand once in every channel', () => {
  const { data } = inEveryChannel(
    fromRows([
      [1, 2],
      [3, 4],
    ]),
    3,
  );
  expect([...data.subarray(0, 18)]).toEqual([1, 2, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 1, 2]);
  expect([...data.subarray(18, 24)]).toEqual([3, 4, 0, 0, 0, 0]);
});

describe('shares of subspaces', () => {
  const identity = fromRows([
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ]);

  test('by hand', () => {
    const u = fromRows([
      [0, 1, 0, 0],
      [0.6, 0, 0, 0.8],
    ]);
    const shares = subspaceShares(u, identity);
    expect(shares.map(share => [share.top, share.dimension, share.chance])).toEqual([
      [1, 1, 0.25],
      [2, 2, 0.5],
    ]);
    // The second spans the first two pixels, in which (0.6, 0, 0, 0.8) has 0.36.
    expectClose(
      shares.map(({ overlap }) => overlap),
      [0, (1 + 0.36) / 2],
      { atol: 1e-12 },
    );
    expectClose(subspaceAngles(u, identity, shares[1]), [0, Math.acos(0.6)], { atol: 1e-9 });
  });

  test('chance is that within the space that directions were sought in', () => {
    const u = fromRows([[0, 1, 0, 0]]);
    const of = fromRows([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
    expect(subspaceShares(u, of, 1, 2)).toEqual([
      { top: 1, dimension: 1, overlap: 0, chance: 0.5 },
    ]);
  });

  test('tied directions are never split', () => {
    const u = fromRows([
      [0, 1, 0, 0],
      [0.6, 0, 0, 0.8],
      [0.8, 0, 0, -0.6],
    ]);
    const shares = subspaceShares(u, identity, 2);
    expect(shares.map(share => [share.dimension, share.chance])).toEqual([
      [2, 0.5],
      [2, 0.5],
      [4, 1],
    ]);
    expectClose(
      shares.map(({ overlap }) => overlap),
      [1, 0.68, 1],
      { atol: 1e-12 },
    );
  });
});

describe('the radial profile', () => {
  /** A wave of so many cycles over 8 pixels in each direction. */
  const wave = (rows: number, columns: number): Float64Array =>
    Float64Array.from({ length: 64 }, (_, i) =>
      Math.cos((2 * Math.PI * (rows * Math.floor(i / 8) + columns * (i % 8))) / 8),
    );
  const profileOf = (image: Float64Array) =>
    radialProfile(imageEnergy(image, { height: 8, width: 8 }), 8, 8);

  test.each([
    [0, 0, 0, 1],
    [0, 1, 1, 1],
    [2, 0, 2, 0],
    [3, 4, 5, 0],
    [4, 4, 6, 0],
  ])('of a wave of %i, %i cycles is all in ring %i', (rows, columns, ring, low) => {
    const profile = profileOf(wave(rows, columns));
    expectClose([profile.share[ring], profile.low], [1, low], { atol: 1e-12 });
    expectClose([profile.frequency[ring]], [ring / 4]);
  });

  test('sums to one, as does that of white noise', () => {
    const { share, chance, low, lowChance } = profileOf(
      wave(1, 0).map((x, i) => x + 3 * wave(3, 3)[i]),
    );
    expectClose(
      [share, chance].map(all => all.reduce((a, b) => a + b, 0)),
      [1, 1],
    );
    expectClose([low, lowChance], [0.1, 9 / 64], { rtol: 1e-9 });
  });

  test('of nothing is refused', () => {
    expect(() => profileOf(new Float64Array(64))).toThrow('no energy');
  });
});

test('energies of channels add up', () => {
  const image = Float32Array.of(1, 1, 1, 1, 2, 2, 2, 2);
  expectClose(imageEnergy(image, { height: 2, width: 2 }), [0, 0, 0, 20], { atol: 1e-12 });
});
