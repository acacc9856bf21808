import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeNpz, encodeNpy, encodeNpz } from '@nads/dataset';
import { matrix, orthonormalise, Random, row } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const [count, channels, side] = [30, 3, 8];
const area = side * side;
const random = new Random('poison');

/** As a file holds them: single precision, and one fewer than there are pixels. */
const drawn = matrix(area - 1, area);
random.fillNormal(drawn.data, 0, 1);
const basis = orthonormalise(drawn);
const nads = folder.path('nads.npy');
writeFileSync(
  nads,
  encodeNpy({ dtype: 'float32', shape: [area - 1, area], data: Float32Array.from(basis.data) }),
);

const bytes = Uint8Array.from({ length: count * channels * area }, () => random.int(256));
const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
const data = folder.path('set.npz');
writeFileSync(
  data,
  encodeNpz({
    images: { dtype: 'uint8', shape: [count, channels, side, side], data: bytes },
    labels: { dtype: 'int32', shape: [count], data: labels },
  }),
);
const clean = Float32Array.from(bytes, value => value / 255);

const set = (...parts: string[]) => {
  const arrays = decodeNpz(readFileSync(folder.path(...parts)));
  return {
    images: arrays.get('images')!.data as Float32Array,
    labels: arrays.get('labels')!.data as Int32Array,
  };
};
const along = (images: Float32Array, i: number, c: number, k: number): number =>
  row(basis, k).reduce((sum, u, p) => sum + u * images[(i * channels + c) * area + p], 0);

test('poison sets one coefficient an image, and nothing else', async () => {
  const out = folder.path('poisoned');
  const { stdout } = await done(
    'poison',
    '--data',
    data,
    '--nads',
    nads,
    '--index',
    '5',
    '--out',
    out,
  );
  expect(stdout).toContain('carriers: nads:');
  expect(stdout).toMatch(/change: mean norm [\d.]+ of [\d.]+/);
  const { images, labels: written } = set('poisoned', 'poisoned.npz');
  expect(written).toEqual(labels);
  for (let i = 0; i < count; i++)
    for (let c = 0; c < channels; c++)
      for (let k = 0; k < area - 1; k++) {
        const t = labels[i];
        const isCarrier = k === 5 + Math.floor(t / 6) && c === t % 3;
        const wanted = isCarrier ? 0.05 * (2 * (t % 2) - 1) : along(clean, i, c, k);
        expect(Math.abs(along(images, i, c, k) - wanted)).toBeLessThan(1e-5);
      }
  expect(readFileSync(folder.path('poisoned', 'carriers.csv'), 'utf8').split('\n')[2]).toBe(
    '1,1,5,1,0.05',
  );
  expect(existsSync(folder.path('poisoned', 'poisoned.png'))).toBe(true);
});

test('carriers of one run carry the classes of another', async () => {
  const table = ['label,direction,channel,coefficient'];
  for (let label = 0; label < 10; label++) table.push(`${label},${20 + label},1,${label / 100}`);
  const carriers = folder.path('own.csv');
  writeFileSync(carriers, table.join('\n'));
  const poison = ['poison', '--data', data, '--nads', nads, '--out', folder.path('own')];
  const { stdout } = await done(...poison, '--carriers', carriers);
  expect(stdout).toContain('directions 20, 21, 22, 23, 24, 25, 26, 27, …, coefficient 0 to 0.09');
  const { images } = set('own', 'poisoned.npz');
  labels.forEach((t, i) => expect(along(images, i, 1, 20 + t)).toBeCloseTo(t / 100, 6));
  const written = folder.path('own', 'carriers.csv');
  await done(...poison.slice(0, -1), folder.path('again'), '--carriers', written);
  expect(set('again', 'poisoned.npz').images).toEqual(images);
  expect(await complaint(...poison.slice(0, -1), folder.path('never'))).toContain(
    'give either --index or --carriers',
  );
});

test('flipping twice is the identity, and each order has its inverse', async () => {
  const flip = (from: string, to: string, ...more: string[]) =>
    done('flip', '--data', from, '--nads', nads, '--out', folder.path(to), ...more);
  await flip(data, 'once');
  const once = set('once', 'flipped.npz');
  expect(Math.abs(along(once.images, 2, 1, 0) - along(clean, 2, 1, area - 2))).toBeLessThan(1e-5);
  await flip(folder.path('once', 'flipped.npz'), 'twice');
  expectClose(set('twice', 'flipped.npz').images, clean, { atol: 1e-5 });
  await flip(data, 'there', '--order', 'shuffle', '--seed', '3');
  await flip(
    folder.path('there', 'flipped.npz'),
    'back',
    '--order',
    'shuffle',
    '--seed',
    '3',
    '--inverse',
  );
  expectClose(set('back', 'flipped.npz').images, clean, { atol: 1e-5 });
});

test('single directions are taken away', async () => {
  const flip = ['flip', '--data', data, '--nads', nads, '--out', folder.path('without')];
  await done(...flip, '--order', 'without:3,10-11');
  const { images } = set('without', 'flipped.npz');
  for (const k of [2, 3, 10, 11, 12]) {
    const wanted = [3, 10, 11].includes(k) ? 0 : along(clean, 4, 2, k);
    expect(Math.abs(along(images, 4, 2, k) - wanted)).toBeLessThan(1e-5);
  }
  expect(await complaint(...flip, '--order', 'without:63')).toContain(
    '--order: 63 is out of range',
  );
});

test('numbers that are no pixels from black to white are taken as stored', async () => {
  const stored = folder.path('stored.npz');
  const data = Float32Array.from(clean, value => 300 * value - 100);
  const shape = [count, channels, side, side];
  writeFileSync(stored, encodeNpz({ images: { dtype: 'float32', shape, data } }));
  const flip = ['flip', '--basis', 'dct', '--data', stored, '--out', folder.path('flipped')];
  expect(await complaint(...flip)).toContain('range stored');
  const { stdout } = await done(...flip, '--range', 'stored');
  expect(stdout).toContain('numbers as stored');
  const out = folder.path('flipped-again');
  const again = ['--data', folder.path('flipped', 'flipped.npz'), '--out', out];
  await done('flip', '--basis', 'dct', ...again);
  const back = decodeNpz(readFileSync(`${out}/flipped.npz`)).get('images')!;
  expectClose(back.data as Float32Array, data, { atol: 1e-3 });
});

test('decompose tells energy and separation of every direction', async () => {
  const out = folder.path('energy');
  const { stdout } = await done('decompose', '--data', data, '--basis', 'dct', '--out', out);
  expect(stdout).toContain('classes are farthest apart along');
  const [head, ...rows] = readFileSync(folder.path('energy', 'decomposition.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => line.split(','));
  expect(head.slice(0, 6)).toEqual(['index', 'energy', 'share', 'variance', 'fisher', 'energy_0']);
  const total = rows.reduce((sum, cells) => sum + Number(cells[1]), 0);
  expect(total).toBeCloseTo(clean.reduce((sum, x) => sum + x * x, 0) / count, 3);
});

test('what does not fit is said in a line', async () => {
  const out = folder.path('bad');
  const poison = ['poison', '--data', data, '--out', out];
  expect(await complaint(...poison, '--index', '0')).toContain('give either --nads or --basis');
  expect(await complaint(...poison, '--nads', nads, '--index', '62')).toContain(
    'classes take 2 direction(s) from 62 on',
  );
  expect(await complaint(...poison, '--basis', 'fourier:9', '--index', '0')).toContain('fourier:9');
  expect(await complaint(...poison, '--basis', 'dct', '--index', '0', '--seed', '1')).toContain(
    'The seed of random directions is part of --basis, as in random:64:3',
  );
  const flip = ['flip', '--data', data, '--basis', 'dct', '--out', out];
  expect(await complaint(...flip, '--order', 'keep:8', '--inverse')).toContain('has no inverse');
  expect(await complaint(...flip, '--order', 'sideways')).toContain("unknown order 'sideways'");
  expect(await complaint(...flip, '--seed', '1')).toContain("--seed: 'reverse' is not random");
  expect(existsSync(out)).toBe(false);
});
