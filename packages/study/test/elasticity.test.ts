import { decodeNpz, type LabelledImages } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import { nodeRuntime as runtime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import {
  elasticity,
  elasticityFiles,
  elasticitySummary,
  MemoryStore,
  parseElasticitySummary,
  type ElasticitySettings,
} from '../src/index.js';
import { abortedAt, images, linearModel, network, numbersOf, vector } from './small-models.js';

const one = linearModel([vector({ 0: 3, 5: 1 })]);
const count = 6;
/** Classes 1, 0, 1, 0, …: not in order. */
const set = images(count, i => (i + 1) % 2);
const squared: ElasticitySettings = { loss: 'squared' };
const find = (settings: ElasticitySettings = squared, all: LabelledImages = set, model = one) =>
  elasticity(model, all, settings, { runtime });

/** Images by class: first those of class 0. */
const ordered = [1, 3, 5, 0, 2, 4];
const inner = (i: number, j: number): number => {
  const [a, b] = [ordered[i], ordered[j]].map(at => numbersOf(set, at));
  return a.reduce((sum, x, p) => sum + x * b[p], 1);
};

test('of a linear model it is ⟨x, x′⟩ + 1, images class by class', async () => {
  const { networks, set: chosen } = await find();
  const [{ kernel, relative }] = networks;
  const every = Array.from({ length: count ** 2 }, (_, at) => [Math.floor(at / count), at % count]);
  expect([...chosen.labels]).toEqual([0, 0, 0, 1, 1, 1]);
  expectClose(
    kernel.data,
    every.map(([i, j]) => inner(i, j)),
  );
  expectClose(
    relative.data,
    every.map(([i, j]) => Math.abs(inner(i, j)) / inner(i, i)),
  );
});

test('real steps of a linear model are the same', async () => {
  const found = await find({ loss: 'logistic', eta: [0.5, 1e-3] });
  const { steps } = elasticitySummary(found);
  expect(steps!.precision).toBe('float64');
  expect(steps!.lengths.map(({ eta }) => eta)).toEqual([0.5, 1e-3]);
  for (const { kernel, relative } of steps!.lengths)
    expect(Math.max(kernel!, relative!)).toBeLessThan(1e-5);
});

/** Images of three classes, each with one bright pixel of its own. */
const apart: LabelledImages = {
  ...images(12, i => i % 3),
  image: i => ({
    dims: [1, 4, 4],
    data: Uint8Array.from({ length: 16 }, (_, p) => (p === i % 3 ? 255 : (i + p) % 3)),
  }),
};

test('clusters are those of classes that lie apart, by similarities as by pixels', async () => {
  const found = await find({ ...squared, primary: [0, 1, 2] }, apart);
  expect(found.clusters).toBe(3);
  const { clusters } = elasticitySummary(found);
  expect(Object.keys(clusters)).toEqual(['kernel', 'relative', 'pixels', 'components']);
  for (const { rand, matched } of Object.values(clusters))
    expect([rand.mean, matched.mean]).toEqual([1, 1]);
});

test('only primary classes are clustered, and their targets are 1', async () => {
  const found = await find({ ...squared, primary: [1, 2] }, apart);
  expect([...found.networks[0].clusters.kernel!.labels].length).toBe(8);
  const files = new Map(elasticityFiles(found));
  const arrays = decodeNpz(files.get('elasticity.npz') as Uint8Array);
  expect([...arrays.get('clusters_pixels')!.data].slice(0, 4)).toEqual([-1, -1, -1, -1]);
  const outputs = Array.from({ length: 12 }, (_, i) => 3 * Number(i % 3 === 0));
  // y = 3 x₀ + x₅: 3 for class 0, whose target is 0; about 0 for others, whose target is 1
  const loss = outputs.reduce((sum, f, i) => sum + (f - Number(i % 3 > 0)) ** 2, 0) / 12;
  expect(Math.abs(found.networks[0].loss - loss)).toBeLessThan(0.2);
});

test('several outputs are compared together, or one of them', async () => {
  const all = await find({ loss: 'logistic', eta: [1e-6] }, set, network());
  expect(all.outputs).toEqual([0, 1]);
  const { steps } = elasticitySummary(all);
  expect(steps!.lengths[0].kernel).toBeUndefined();
  expect(steps!.lengths[0].relative).toBeLessThan(1e-4);
  const [first, second, both] = [
    await find({ ...squared, outputIndex: 0 }, set, network()),
    await find({ ...squared, outputIndex: 1 }, set, network()),
    await find(squared, set, network()),
  ].map(({ networks }) => networks[0].kernel.data);
  expectClose(
    both,
    first.map((x, i) => x + second[i]),
    { rtol: 1e-6, atol: 1e-6 },
  );
});

test('fresh networks follow from their seed, with standard errors', async () => {
  const settings: ElasticitySettings = { ...squared, weights: 'fresh', repeats: 3, seed: 4 };
  const [found, again] = [await find(settings), await find(settings)];
  expect(found.networks.map(({ loss }) => loss)).toEqual(again.networks.map(({ loss }) => loss));
  expect(new Set(found.networks.map(({ loss }) => loss)).size).toBe(3);
  const summary = elasticitySummary(found);
  expect(summary.loss.standard_error).toBeGreaterThan(0);
  expect(summary.settings).toMatchObject({ weights: 'fresh', repeats: 3, seed: 4 });
});

test('goes on where it was interrupted, with the same settings only', async () => {
  const settings: ElasticitySettings = { ...squared, weights: 'fresh', repeats: 3 };
  const fresh = network();
  const whole = await find(settings, set, fresh);
  const store = new MemoryStore('out');
  const stopping = abortedAt('gradients', 6);
  const interrupted = elasticity(fresh, set, settings, {
    runtime,
    store,
    signal: stopping.signal,
    onProgress: stopping.onProgress,
  });
  await expect(interrupted).rejects.toBe(stopping.reason);
  expect([...store.files.keys()]).toEqual(['similarities.npz']);
  const resume = (more: Partial<ElasticitySettings> = {}) =>
    elasticity(fresh, set, { ...settings, ...more, resume: true }, { runtime, store });
  const resumed = await resume();
  expect(elasticityFiles(resumed)).toEqual(elasticityFiles(whole));
  await expect(resume({ seed: 1 })).rejects.toThrow(/belongs to another weights/);
  await store.write([['similarities.npz', 'half']]);
  await expect(resume()).rejects.toThrow('`resume`: out/similarities.npz is damaged (');
});

test('its files hold what its schema says', async () => {
  const found = await find({ ...squared, eta: [0.1] });
  const files = new Map(elasticityFiles(found));
  expect([...files.keys()]).toEqual([
    'elasticity.npz',
    'elasticity.json',
    'similarities.svg',
    'similarities.png',
  ]);
  const arrays = decodeNpz(files.get('elasticity.npz') as Uint8Array);
  expect(arrays.get('kernel_eta0.1')).toMatchObject({ dtype: 'float64', shape: [6, 6] });
  const summary = parseElasticitySummary('elasticity.json', files.get('elasticity.json') as string);
  expect(summary).toMatchObject({
    format: 'elasticity',
    settings: { loss: 'squared', weights: 'file', outputs: [0] },
    classes: [
      { label: 0, images: 3 },
      { label: 1, images: 3 },
    ],
    parameters: 17,
  });
});

const { labels: _, ...unlabelled } = set;
test.each<[string, ElasticitySettings, LabelledImages, RegExp]>([
  ['data', squared, unlabelled, /has no labels/],
  ['primary', squared, apart, /class 2, but one output has targets 0 and 1/],
  ['classes', { ...squared, classes: [7] }, set, /no image of class 7 of 0 to 1/],
  ['outputIndex', { ...squared, outputIndex: 1 }, set, /has outputs 0 to 0, not 1/],
  ['images', { ...squared, images: 1 }, set, /1 image\(s\) to cluster/],
  ['eta', { ...squared, eta: [-1] }, set, /-1 is not a length of steps above 0/],
  ['repeats', { ...squared, repeats: 2 }, set, /fresh weights only/],
  ['clusters', { ...squared, clusters: 7 }, set, /6 images cannot be in 7 clusters/],
  ['loss', { loss: 'hinge' as 'squared' }, set, /unknown 'hinge'; expected squared, logistic/],
])('a wrong `%s` is named', async (option, settings, all, message) => {
  const refused = find(settings, all);
  await expect(refused).rejects.toBeInstanceOf(OptionError);
  await expect(refused).rejects.toMatchObject({ option, message: expect.stringMatching(message) });
});

test('labels that are no outputs are refused', async () => {
  await expect(find(squared, apart, network())).rejects.toThrow(
    /`classes`: .* has an image of class 2; the network has outputs for 0 to 1, give some/,
  );
});

test('images that are all alike to the network are refused', async () => {
  const same = images(1).image(0);
  const equal = { ...set, image: () => same };
  await expect(find(squared, equal)).rejects.toThrow(
    /changes the outputs of all images by the same: either its outputs do not depend on the image, or all images are equal/,
  );
});
