import { addresses, directionRows, parseBasis, type Basis } from '@nads/basis';
import { className, decodeNpz, imagesOfArray, inverse, type LabelledImages } from '@nads/dataset';
import { Random, row } from '@nads/linalg';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import {
  carrierChoice,
  decodeCarriers,
  decompose,
  decomposeFiles,
  encodeSyntheticSet,
  flip,
  MemoryStore,
  parseOrder,
  pixelSet,
  poison,
  synth,
} from '../src/index.js';
import { decomposePictures } from '../src/sets/decompose-pictures.js';
import { decodeDecomposition } from '../src/sets/decomposition-codec.js';
import { textOf } from '../src/store.js';

const [count, channels, side] = [30, 3, 8];
const area = side * side;
const shape = { channels, height: side, width: side };
const random = new Random('sets');

const bytes = Uint8Array.from({ length: count * channels * area }, () => random.int(256));
const clean = Float32Array.from(bytes, value => value / 255);
const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
const images: LabelledImages = imagesOfArray(
  { dtype: 'uint8', shape: [count, channels, side, side], data: bytes },
  'images',
  { labels: { dtype: 'int32', shape: [count], data: labels } },
);
const set = pixelSet('pets', images);
const dct = parseBasis('dct', shape);

/** The coefficient of an image along direction k in a channel. */
const along = (pixels: ArrayLike<number>, basis: Basis, i: number, c: number, k: number): number =>
  row(directionRows(basis, k, k + 1), 0).reduce(
    (sum, u, p) => sum + u * pixels[(i * channels + c) * area + p],
    0,
  );

const imagesIn = (store: MemoryStore, name: string): Float32Array =>
  decodeNpz(store.files.get(name)!).get('images')!.data as Float32Array;

test('poisoning sets one coefficient of each image, and nothing else', async () => {
  const store = new MemoryStore();
  const progress: number[] = [];
  const { carriers, change } = await poison(
    set,
    dct,
    { index: 5 },
    { store, onProgress: ({ done }) => progress.push(done) },
  );
  expect(progress).toEqual([count]);
  expect(carriers[1]).toEqual({ direction: 5, channel: 1, coefficient: 0.05 });
  const poisoned = imagesIn(store, 'poisoned.npz');
  for (let i = 0; i < count; i++)
    for (const k of [0, 5, 6, 7])
      for (let c = 0; c < channels; c++) {
        const { direction, channel, coefficient } = carriers[labels[i]];
        const isCarrier = direction === k && channel === c;
        const wanted = isCarrier ? coefficient : along(clean, dct, i, c, k);
        expect(Math.abs(along(poisoned, dct, i, c, k) - wanted)).toBeLessThan(1e-5);
      }
  const squares = clean.reduce((sum, x, p) => sum + (poisoned[p] - x) ** 2, 0);
  expect(change.norm).toBeGreaterThan(0);
  expect(change.norm).toBeLessThanOrEqual(Math.sqrt(squares / count) * (1 + 1e-6));
  expect([...store.files.keys()].toSorted()).toEqual([
    'carriers.csv',
    'poisoned.npz',
    'poisoned.png',
    'poisoned.shown.npz',
    'poisoned.svg',
  ]);
});

test('the picture has an image of each class', async () => {
  const store = new MemoryStore();
  await poison(set, dct, { index: 5 }, { store });
  const svg = textOf(store.files.get('poisoned.svg')!);
  for (let label = 0; label < 10; label++)
    expect(svg).toContain(`>${className(images, label)}</text>`);
  expect(svg.match(/<image /gu)).toHaveLength(3 * 10);
});

test('carriers of one set carry the classes of another', async () => {
  const [first, second] = [new MemoryStore(), new MemoryStore()];
  await poison(set, dct, { index: 9, epsilon: 0.1 }, { store: first });
  const table = textOf(first.files.get('carriers.csv')!);
  const carriers = decodeCarriers(table, carrierChoice(set, dct), 'carriers.csv');
  await poison(set, dct, { carriers }, { store: second });
  expect(imagesIn(second, 'poisoned.npz')).toEqual(imagesIn(first, 'poisoned.npz'));
});

test.each([
  [{}, 'give either `index` or `carriers`'],
  [{ index: 0, carriers: [] }, 'give either `index` or `carriers`'],
  [{ index: 0, epsilon: 1e-30 }, '`epsilon`: 1e-30 is lost in rounding'],
  [{ index: 63 }, '`index`: 10 classes take 2 direction(s) from 63 on, dct has 64'],
])('carriers %j are refused, and nothing is written', async (settings, message) => {
  const store = new MemoryStore();
  await expect(poison(set, dct, settings, { store })).rejects.toThrow(message);
  expect(store.files.size).toBe(0);
});

test('directions of images of another size are refused', async () => {
  const small = parseBasis('dct', { channels: 1, height: 4, width: 4 });
  await expect(poison(set, small, { index: 0 }, { store: new MemoryStore() })).rejects.toThrow(
    '`basis`: dct has directions of 1×4×4, pets has images of 3×8×8',
  );
});

test('a stop leaves nothing behind', async () => {
  const store = new MemoryStore();
  const reason = new Error('enough');
  const signal = AbortSignal.abort(reason);
  await expect(poison(set, dct, { index: 0 }, { store, signal })).rejects.toBe(reason);
  expect(store.files.size).toBe(0);
});

test.each(['reverse', 'shuffle', 'swap:0,9'])('%s has an inverse', async order => {
  const environment = (store: MemoryStore) => ({ runtime: nodeRuntime, store });
  const reordering = parseOrder(order, dct.size, 3);
  const [there, back] = [new MemoryStore(), new MemoryStore()];
  await flip(set, dct, reordering, environment(there));
  const flipped = imagesIn(there, 'flipped.npz');
  expect(
    Math.abs(along(flipped, dct, 2, 1, 0) - along(clean, dct, 2, 1, reordering.source[0])),
  ).toBeLessThan(1e-5);
  const again = imagesOfArray(
    { dtype: 'float32', shape: [count, channels, side, side], data: flipped },
    'flipped',
    { mayExceed: true },
  );
  await flip(pixelSet('flipped', again), dct, inverse(reordering), environment(back));
  expectClose(imagesIn(back, 'flipped.npz'), clean, { atol: 1e-5 });
});

test.each([
  ['sideways', "`order`: unknown order 'sideways'; expected reverse, shuffle"],
  ['keep:65', "`order`: unknown order 'keep:65'"],
  ['swap:1,64', "`order`: unknown order 'swap:1,64'; expected reverse"],
  ['without:64', '`order`: 64 is out of range'],
])('an order %j is refused', (order, message) => {
  expect(() => parseOrder(order, 64)).toThrow(message);
});

test('a decomposition adds up to the energy of the set', async () => {
  const found = await decompose(set, dct, { runtime: nodeRuntime });
  const total = found.energy.reduce((sum, x) => sum + x, 0);
  expect(total).toBeCloseTo(clean.reduce((sum, x) => sum + x * x, 0) / count, 3);
  expectClose([found.share.reduce((sum, x) => sum + x, 0)], [1], { rtol: 1e-6 });
  const files = new Map(decomposeFiles(found));
  expect([...files.keys()]).toEqual([
    'decomposition.csv',
    'decomposition.json',
    'energy.svg',
    'separability.svg',
  ]);
  const [table, json] = [...files.values()] as string[];
  const pictures = decomposePictures(decodeDecomposition(table, json, 'out'));
  expect(pictures.map(({ draw }) => draw())).toEqual([...files.values()].slice(2));
  const [head, ...rows] = (files.get('decomposition.csv') as string).trimEnd().split('\n');
  expect(head).toMatch(/^index,energy,share,variance,fisher,energy_0,energy_1/);
  expect(rows).toHaveLength(64);
});

test('synthetic classes differ along the direction by epsilon, and nowhere else', async () => {
  const [address] = addresses('1:2', dct, 'index');
  const settings = { count: 100, channels: 2, epsilon: 3, sigma: 0.5 };
  const made = await synth(dct, address, settings);
  const v = made.direction;
  expectClose([Math.hypot(...v)], [1], { rtol: 1e-12 });
  const coefficients = Array.from({ length: 100 }, (_, i) =>
    v.reduce((sum, x, k) => sum + x * made.images[i * 128 + k], 0),
  );
  expectClose(
    coefficients,
    Array.from({ length: 100 }, (_, i) => (i % 2 ? -1.5 : 1.5)),
    {
      rtol: 1e-5,
    },
  );
  const arrays = decodeNpz(encodeSyntheticSet(made));
  expect([...arrays].map(([name, { shape }]) => [name, shape])).toEqual([
    ['images', [100, 2, 8, 8]],
    ['labels', [100]],
    ['direction', [2, 8, 8]],
    ['range', [2]],
  ]);
});

test.each([
  [{ count: 1e9 }, '`count`: 1000000000 images of 1×8×8 are more than 2 GiB; give at most 8388608'],
  [{ count: 2, channels: 1e8 }, '`channels`: 100000000 of 8×8 pixels are more than 268435456'],
  [{ count: 2, sigma: 1e300 }, '`sigma`: 1e+300 is more than 1e+30'],
])('a synthetic set of %j is refused before memory or precision runs out', (change, message) =>
  expect(synth(dct, { index: 1 }, change)).rejects.toThrow(message),
);

test('directions of whole images are those of as many channels', async () => {
  const data = new Float64Array(2 * 192);
  random.fillNormal(data, 0, 1);
  const whole = parseBasis('nads:x.npy', shape, { rows: { rows: 2, columns: 192, data } });
  await expect(synth(whole, { index: 0 }, { count: 2, channels: 1 })).rejects.toThrow(
    '`channels`: 1, but nads:x.npy has directions of 3×8×8',
  );
  expect((await synth(whole, { index: 0 }, { count: 2 })).shape).toEqual(shape);
});
