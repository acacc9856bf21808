import { readFileSync, writeFileSync } from 'node:fs';
import { decodeNpz, encodeNpy } from '@nads/dataset';
import { expectClose } from '@nads/testing';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const args = ['synth', '--basis', 'dct:4', '--index', '1:2', '--size', '8', '--quiet'];

test('classes differ along the direction by epsilon, and nowhere else', async () => {
  const file = folder.path('set.npz');
  const settings = ['--count', '6', '--channels', '2', '--epsilon', '3', '--sigma', '0.5'];
  await done(...args, ...settings, '-o', file);
  const arrays = decodeNpz(readFileSync(file), file);
  const [images, labels, direction] = ['images', 'labels', 'direction'].map(name =>
    arrays.get(name)!,
  );
  expect([images.shape, direction.shape]).toEqual([
    [6, 2, 8, 8],
    [2, 8, 8],
  ]);
  expect([...labels.data].map(Number)).toEqual([0, 1, 0, 1, 0, 1]);
  const v = direction.data as Float64Array;
  expectClose([Math.hypot(...v)], [1], { rtol: 1e-12 });
  const along = Array.from({ length: 6 }, (_, i) =>
    v.reduce((sum, x, k) => sum + x * Number(images.data[i * 128 + k]), 0),
  );
  expectClose(along, [1.5, -1.5, 1.5, -1.5, 1.5, -1.5], { rtol: 1e-5 });
});

test('a set trains a network as it is', async () => {
  const set = folder.path('train.npz');
  await done(...args, '--count', '64', '--epsilon', '8', '-o', set);
  const out = folder.path('trained');
  const options = ['--data', set, '--test-data', set, '--epochs', '1', '--out', out];
  const { stdout } = await done('train', 'logreg', ...options);
  expect(stdout).toContain('accuracy');
});

test('an array on another scale is refused with the option that reads it', async () => {
  const file = folder.path('bytes.npy');
  const data = Float32Array.from({ length: 2 * 64 }, (_, i) => i);
  writeFileSync(file, encodeNpy({ dtype: 'float32', shape: [2, 1, 8, 8], data }));
  const options = ['--data', file, '--basis', 'dct', '--out', folder.path('never')];
  expect(await complaint('decompose', ...options)).toMatch(/choose --range stored$/);
});

test('a set has one direction', async () => {
  const said = await complaint(...args, '--index', '0-3', '-o', folder.path('never.npz'));
  expect(said).toBe("--index: '0-3' names 4 directions; give one");
});
