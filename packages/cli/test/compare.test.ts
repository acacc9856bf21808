import { mkdirSync, writeFileSync } from 'node:fs';
import { encodeNpy, encodeNpz, type NdArray } from '@nads/dataset';
import { expectClose } from '@nads/testing';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const rows = (count: number, length: number, values: ArrayLike<number>): NdArray => ({
  dtype: 'float32',
  shape: [count, length],
  data: Float32Array.from(values),
});

function npy(name: string, array: NdArray): string {
  writeFileSync(folder.path(name), encodeNpy(array));
  return folder.path(name);
}

/** Two directions of the plane of the first two axes, turned by 30°. */
const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
const axes = npy('axes.npy', rows(2, 4, [1, 0, 0, 0, 0, 1, 0, 0]));
const turned = npy('turned.npy', rows(2, 4, [c, s, 0, 0, -s, c, 0, 0]));

test('overlaps and angles of bases in .npy files', async () => {
  const { stdout, stderr } = await done('compare', axes, turned, '--top', '1,2', '--json');
  expect(stderr).toBe('');
  const { a, b, overlap, principal_angles_degrees, eigenvalues } = JSON.parse(stdout);
  expect([a, b]).toEqual([axes, turned]);
  expectClose([overlap[1], overlap[2]], [0.75, 1]);
  expectClose(principal_angles_degrees[1], [30], { rtol: 1e-5 });
  expectClose(principal_angles_degrees[2], [0, 0], { atol: 1e-2 });
  expect(eigenvalues).toEqual({ a: null, b: null });
});

test('the same for people', async () => {
  const { stdout } = await done('compare', axes, turned, '--top', '1,2,9');
  expect(stdout).toMatch(/^ +1 +0\.7500 +30\.0° +30\.0° +30\.0°$/m);
  expect(stdout).toMatch(/^skipped, not enough directions: 9$/m);
});

test('rows need not be of unit length or at right angles', async () => {
  const slanted = npy('slanted.npy', rows(2, 4, [3, 0, 0, 0, 1, 1, 0, 0]));
  const { stdout } = await done('compare', slanted, axes, '--top', '1,2', '--json');
  const { overlap } = JSON.parse(stdout);
  expectClose([overlap[1], overlap[2]], [1, 1]);
});

test('results by folder or by file, with their spectra', async () => {
  mkdirSync(folder.path('result'));
  const arrays = {
    nads: rows(2, 4, [1, 0, 0, 0, 0, 1, 0, 0]),
    eigenvalues: { dtype: 'float64', shape: [2], data: Float64Array.of(2, 1) } as const,
  };
  const file = folder.path('result', 'nads.npz');
  writeFileSync(file, encodeNpz(arrays));
  const { stdout } = await done('compare', folder.path('result'), file, '--top', '2', '--json');
  const { overlap, eigenvalues } = JSON.parse(stdout);
  expectClose([overlap[2]], [1]);
  expect(eigenvalues).toEqual({ a: [2, 1], b: [2, 1] });
});

describe('what cannot be compared', () => {
  test('directions of other images', async () => {
    const large = npy('large.npy', rows(1, 9, new Float32Array(9).fill(1)));
    expect(await complaint('compare', axes, large)).toMatch(
      /axes.npy has directions of 4 pixels, .*large.npy of 9; they must be of the same size$/,
    );
  });

  test('what is not there, and folders without a result', async () => {
    expect(await complaint('compare', axes, 'gone')).toBe('gone: no such file or folder');
    mkdirSync(folder.path('empty'));
    expect(await complaint('compare', folder.path('empty'), axes)).toMatch(
      /empty: no nads.npz in it; give a folder that nads estimate wrote$/,
    );
    writeFileSync(folder.path('empty/tally.npz'), '');
    expect(await complaint('compare', folder.path('empty'), axes)).toMatch(
      /empty: this estimate is not done, it has no nads.npz yet; wait for its end, or resume it$/,
    );
  });

  test('files of other kinds', async () => {
    writeFileSync(folder.path('text'), 'text');
    expect(await complaint('compare', axes, folder.path('text'))).toMatch(
      /text: neither a result nor an array; give a result folder, .npz or .npy$/,
    );
    const other = folder.path('other.npz');
    writeFileSync(other, encodeNpz({ point: rows(1, 4, [0, 0, 0, 0]) }));
    expect(await complaint('compare', axes, other)).toMatch(/other.npz: no array 'nads' in it$/);
  });

  test('rows that are no rows, not finite, or dependent', async () => {
    const vector: NdArray = { dtype: 'float32', shape: [4], data: new Float32Array(4) };
    expect(await complaint('compare', npy('vector.npy', vector), axes)).toMatch(
      /vector.npy: dims \[4\], expected rows of directions \[k, D\]$/,
    );
    const broken = npy('broken.npy', rows(1, 4, [NaN, 0, 0, 0]));
    expect(await complaint('compare', broken, axes)).toMatch(/broken.npy: .*non-finite values$/);
    const twice = npy('twice.npy', rows(2, 4, [1, 0, 0, 0, 1, 0, 0, 0]));
    expect(await complaint('compare', twice, axes, '--top', '2')).toMatch(
      /twice.npy: row 1 is linearly dependent on earlier rows$/,
    );
  });

  test('more directions than there are', async () => {
    expect(await complaint('compare', axes, turned, '--top', '3,10')).toMatch(
      /^--top: .*axes.npy has 2 directions and .*turned.npy 2; give smaller numbers$/,
    );
  });
});
