import { directionRows, parseBasis, rowsBasis } from '@nads/basis';
import { decodeNpz } from '@nads/dataset';
import { fromRows, OptionError } from '@nads/linalg';
import { coefficientsOf } from '@nads/probe';
import { inProcessPool } from '@nads/runtime';
import { nodeRuntime as runtime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import {
  margins,
  marginsFiles,
  MemoryStore,
  parseMarginsSummary,
  writeMargins,
} from '../src/index.js';
import { services } from '../src/services.js';
import { textOf } from '../src/store.js';
import { abortedAt, images, linearModel, numbersOf, shape } from './small-models.js';

const weights = [0, 1].map(k => Float64Array.from({ length: 16 }, (_, i) => Math.cos(16 * k + i)));
const linear = linearModel(weights);
const difference = Float64Array.from(
  weights[0],
  (w, i) => Math.fround(w) - Math.fround(weights[1][i]),
);
const set = images(6, i => i % 2);
const gap = (i: number): number =>
  Math.abs(numbersOf(set, i).reduce((sum, x, p) => sum + x * difference[p], 0));
const rows = fromRows([difference.map((x, i) => x + i), difference.map((x, i) => x * i + 1)]);

test.each([
  'pixels',
  'dct',
  'dct:2',
  'fourier',
  'fourier:2',
  'blocks:2',
  'random:4',
  'random:4:7',
  rowsBasis('nads:own', { rows }, shape),
])('of a linear model margins along the blocks of %s are known', async given => {
  const basis = typeof given === 'string' ? parseBasis(given, shape) : given;
  const settings = { basis: given, block: 2, overshoot: 0.5 };
  const { margins: blocks, found } = await margins(linear, set, settings, { runtime });
  expect(blocks.length).toBe(basis.size / 2);
  for (const { first, last, norms, energy } of blocks) {
    const along = coefficientsOf(difference, directionRows(basis, first, last + 1));
    const steepness = Math.hypot(...along);
    expectClose(
      norms,
      norms.map((_, i) => (1.5 * gap(i)) / steepness),
      { rtol: 1e-4 },
    );
    expect(energy).toBeGreaterThan(0);
  }
  expect(found.every(({ label, target }) => target === 1 - label)).toBe(true);
});

test('a pool finds the same, image by image and block by block', async () => {
  const some = images(20, i => i % 2);
  const alone = await margins(linear, some, { block: 1 }, { runtime });
  const pool = inProcessPool(services, runtime);
  const { found, margins: blocks } = await margins(linear, some, { block: 1 }, { runtime, pool });
  expect(found).toEqual(alone.found);
  expect(blocks).toEqual(alone.margins);
  expect(found.map(({ image, subspace }) => [image, subspace])).toEqual(
    Array.from({ length: 20 * 16 }, (_, at) => [Math.floor(at / 16), at % 16]),
  );
});

test('norms are of pixels, whatever is done to images', async () => {
  const scaled = linearModel(
    weights.map(row => row.map(w => w / 4)),
    [0, 0],
  );
  const preprocessing = [{ name: 'test', fields: { std: [0.25] } }];
  const [plain, wide] = [
    await margins(linear, set, { block: 4 }, { runtime }),
    await margins(scaled, set, { block: 4, preprocessing }, { runtime }),
  ];
  plain.margins.forEach(({ norms, energy }, b) => {
    expectClose(wide.margins[b].norms, norms, { rtol: 1e-4 });
    expectClose([wide.margins[b].energy], [energy], { rtol: 1e-4 });
  });
});

test('a basis is cut into blocks, the last perhaps smaller, and some can be chosen', async () => {
  const cut = async (blocks?: string) => {
    const { margins: found } = await margins(linear, set, { block: 6, blocks }, { runtime });
    return found.map(({ index, first, last }) => [index, first, last]);
  };
  const [zero, one, two] = await cut();
  expect([zero, one, two]).toEqual([
    [0, 0, 5],
    [1, 6, 11],
    [2, 12, 15],
  ]);
  expect(await cut('2,0')).toEqual([two, zero]);
});

test('the picture shows the blocks that were measured, apart from each other, and says which norm', async () => {
  const found = await margins(linear, set, { block: 4, blocks: '0,3' }, { runtime });
  const files = new Map(marginsFiles(found));
  const svg = files.get('margins.svg') as string;
  const curve = /<path d="([^"]*)" fill="none" stroke="#0072b2"/u.exec(svg)![1];
  expect(curve.match(/M/gu)).toHaveLength(2);
  expect(svg).toContain('L2 margins of linear.onnx along dct, 6 images');
  expect(svg).toContain('>smallest L2 perturbation (pixels from 0 to 1)<');
  const { blocks, settings, images } = parseMarginsSummary(
    'margins.json',
    files.get('margins.json') as string,
  );
  expect([settings.basis, images]).toEqual(['dct', 6]);
  expect(blocks.map(({ block, first, last }) => [block, first, last])).toEqual([
    [0, 0, 3],
    [3, 12, 15],
  ]);
});

test('perturbations are written in parts, beside tables and picture', async () => {
  const store = new MemoryStore();
  const found = await margins(linear, set, { block: 8, blocks: '1' }, { runtime });
  await writeMargins(store, found, { perturbations: true });
  expect([...store.files.keys()].toSorted()).toEqual([
    'blocks.csv',
    'margins.csv',
    'margins.json',
    'margins.svg',
    'perturbations.npz',
  ]);
  const arrays = decodeNpz(store.files.get('perturbations.npz')!);
  const { shape: dims, data } = arrays.get('perturbations')!;
  expect(dims).toEqual([6, 1, 1, 4, 4]);
  expect([...(arrays.get('blocks')!.data as Int32Array)]).toEqual([1]);
  found.margins[0].norms.forEach((norm, i) => {
    const r = Float64Array.from((data as Float32Array).subarray(16 * i, 16 * (i + 1)));
    expectClose([Math.hypot(...r)], [norm], { rtol: 1e-5 });
    expectClose(coefficientsOf(r, directionRows(found.basis, 0, 8)), new Float64Array(8), {
      atol: 1e-5 * norm,
    });
  });
  const [[, table]] = marginsFiles(found);
  expect((table as string).trimEnd().split('\n')).toHaveLength(1 + 6);
});

test('a signal leaves the images whose margins are all known', async () => {
  const many = images(20);
  // sixteen images are searched side by side
  const watched = abortedAt('margins', 17 * 2);
  const found = await margins(linear, many, { block: 8 }, { runtime, ...watched });
  expect([found.images, found.found.length, found.chosen.count]).toEqual([16, 32, 20]);
  expect(found.margins.every(({ norms }) => norms.length === 16)).toBe(true);
  const { reason, ...early } = abortedAt('margins', 1);
  const stopped = margins(linear, many, { block: 8 }, { runtime, ...early });
  await expect(stopped).rejects.toBe(reason);
});

test('what was stopped goes on to the same margins, of the same images only', async () => {
  const many = images(20);
  const settings = { block: 1, resume: true };
  const whole = new MemoryStore();
  await writeMargins(whole, await margins(linear, many, settings, { runtime, store: whole }));
  const store = new MemoryStore('out');
  const journal = (): number => textOf(store.files.get('margins.jsonl')!).split('\n').length - 2;
  for (const [at, parts] of [
    [17, 0],
    [150, 1],
    [300, 3],
  ]) {
    const { reason, ...watched } = abortedAt('margins', at);
    const stopped = margins(linear, many, settings, { runtime, store, ...watched });
    if (at < 300) await expect(stopped).rejects.toBe(reason);
    else expect((await stopped).images).toBe(16);
    expect(journal()).toBe(parts);
  }
  store.files.set(
    'margins.jsonl',
    Buffer.concat([store.files.get('margins.jsonl')!, Buffer.from('{')]),
  );
  await writeMargins(store, await margins(linear, many, settings, { runtime, store }));
  expect(store.files).toEqual(whole.files);
  const shifted = { ...many, image: (i: number) => many.image(i + 1) };
  const others = margins(linear, shifted, settings, { runtime, store });
  await expect(others).rejects.toThrow(
    /`resume`: .*out\/margins.jsonl belongs to other images from/,
  );
  const fewer = margins(linear, many, { ...settings, classes: 2 }, { runtime, store });
  await expect(fewer).rejects.toThrow('another classes (10, now 2)');
});

test.each([
  [/"label":\d+/, '"label":7'],
  [/"target":\d+/, '"target":7'],
  [/"norm":/, '"norm":1'],
  [/"coefficients":\[/, '"coefficients":[1,'],
])('a margin with another %s than it was kept with is refused', async (part, other) => {
  const store = new MemoryStore('out');
  const settings = { block: 8, resume: true };
  await margins(linear, set, settings, { runtime, store });
  const journal = textOf(store.files.get('margins.jsonl')!).replace(part, other);
  store.files.set('margins.jsonl', new TextEncoder().encode(journal));
  await expect(margins(linear, set, settings, { runtime, store })).rejects.toThrow(
    '`resume`: out/margins.jsonl is damaged (the margin of image 0 in block 0 is none); remove it',
  );
});

test.each([
  ['block', { block: 17 }],
  ['block', { block: 0 }],
  ['blocks', { block: 6, blocks: '3' }],
  ['basis', { basis: 'waves' }],
  ['basis', { basis: parseBasis('dct', { channels: 1, height: 8, width: 2 }) }],
  ['classes', { classes: 1 }],
])('a wrong `%s` is named', async (option, settings) => {
  const refused = margins(linear, set, settings, { runtime });
  await expect(refused).rejects.toBeInstanceOf(OptionError);
  await expect(refused).rejects.toMatchObject({ option });
});
