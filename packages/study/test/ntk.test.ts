import { decodeNpz } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import type { Progress } from '@nads/runtime';
import { nodeRuntime as runtime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { MemoryStore, ntk, ntkFiles, parseNtkSummary, type NtkPlan } from '../src/index.js';
import { abortedAt, images, linearModel, network, numbersOf, vector } from './small-models.js';

const linear = linearModel([vector({ 0: 3 }), vector({ 1: 4 })]);
const count = 5;
const set = images(count, i => i % 2);
const inner = (i: number, j: number): number => {
  const [a, b] = [numbersOf(set, i), numbersOf(set, j)];
  return a.reduce((sum, x, p) => sum + x * b[p], 0);
};
const gram = Array.from({ length: count ** 2 }, (_, at) =>
  inner(Math.floor(at / count), at % count),
);

test('of a linear model it is x xᵀ and what the bias adds, for each output', async () => {
  const all = await ntk(linear, set, {}, { runtime });
  const one = await ntk(linear, set, { outputIndex: 1 }, { runtime });
  expectClose(
    all.numbers.kernel.data,
    gram.map(x => 2 * (x + 1)),
  );
  expectClose(
    one.numbers.kernel.data,
    gram.map(x => x + 1),
  );
  expectClose(
    [all.numbers.trace],
    [
      Array.from({ length: count }, (_, i) => 2 * (gram[i * (count + 1)] + 1)).reduce(
        (a, b) => a + b,
      ),
    ],
  );
});

test('less memory gives the same kernel with more passes', async () => {
  const plans: NtkPlan[] = [];
  const environment = { runtime, onPlan: (plan: NtkPlan): void => void plans.push(plan) };
  const bytes = 4 * (27 + 96 + 2);
  const [roomy, narrow] = [
    await ntk(network(), set, {}, environment),
    await ntk(network(), set, { memory: (3 * bytes) / 1e6 }, environment),
  ];
  expectClose(narrow.numbers.kernel.data, roomy.numbers.kernel.data, { rtol: 1e-12 });
  expect(plans.map(({ kept }) => Math.min(kept, count))).toEqual([5, 3]);
  expect(plans[1].passes).toBeGreaterThan(plans[0].passes);
});

test('fresh weights follow from their seed alone', async () => {
  const kernel = async (fresh?: number): Promise<number[]> => {
    const { numbers } = await ntk(network(), set, { fresh }, { runtime });
    return [...numbers.kernel.data];
  };
  const [one, again, other, own] = [
    await kernel(1),
    await kernel(1),
    await kernel(2),
    await kernel(),
  ];
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
  expect(own).not.toEqual(one);
});

test('a signal ends it with its reason', async () => {
  const { reason, ...watched } = abortedAt('gradients', 3);
  const stopped = ntk(network(), set, {}, { runtime, ...watched });
  await expect(stopped).rejects.toBe(reason);
});

test('what was stopped goes on to the same kernel, of the same images only', async () => {
  const settings = { memory: 1.5e-3, resume: true }; // three gradients: blocks of two images
  const whole = await ntk(network(), images(5), settings, { runtime });
  const store = new MemoryStore('out');
  const done: number[] = [];
  for (const at of [12, 16]) {
    const { reason, signal, onProgress } = abortedAt('gradients', at);
    const watch = { signal, onProgress: (now: Progress) => (done.push(now.done), onProgress(now)) };
    const stopped = ntk(network(), images(5), settings, { runtime, store, ...watch });
    await expect(stopped).rejects.toBe(reason);
  }
  expect(done.slice(12)[0]).toBe(10); // 5 + 3 + 1 of the first output are not done again
  const resumed = await ntk(network(), images(5), settings, { runtime, store });
  expect(ntkFiles(resumed)).toEqual(ntkFiles(whole));
  const refused = (count: number, more: object) =>
    expect(ntk(network(), images(count), { ...settings, ...more }, { runtime, store })).rejects;
  await refused(4, {}).toThrow(/`resume`: out\/kernel.npz belongs to another images/);
  await refused(5, { fresh: 1 }).toThrow('another weights (own, now fresh 1 pytorch)');
  await store.write([['kernel.npz', 'half']]);
  await refused(5, {}).toThrow('`resume`: out/kernel.npz is damaged (');
});

test('its files hold what its schema says', async () => {
  const found = await ntk(network(), images(4), { fresh: 3 }, { runtime });
  const files = new Map(ntkFiles(found));
  expect([...files.keys()]).toEqual(['ntk.npz', 'ntk.json', 'spectrum.svg']);
  const arrays = decodeNpz(files.get('ntk.npz') as Uint8Array);
  expect([arrays.get('kernel')!.shape, arrays.has('labels')]).toEqual([[4, 4], false]);
  const summary = parseNtkSummary('ntk.json', files.get('ntk.json') as string);
  expect(summary).toMatchObject({
    format: 'ntk',
    version: 1,
    settings: { weights: 'fresh', fresh: 3, init: 'pytorch', outputs: [0, 1] },
    parameters: { count: 125 },
    alignment: null,
  });
});

test('less memory than two gradients take is refused with what they take', async () => {
  await expect(ntk(linear, set, { memory: 1e-4 }, { runtime })).rejects.toThrow(
    /^`memory`: two gradients take 272 B, more than 0.0001 MB; increase it$/,
  );
});

test.each([
  ['outputIndex', { outputIndex: 2 }],
  ['memory', { memory: 1e-6 }],
  ['images', { images: 0.5 }],
  ['init', { init: 'glorot' }],
])('a wrong `%s` is named', async (option, settings) => {
  const refused = ntk(linear, set, settings, { runtime });
  await expect(refused).rejects.toBeInstanceOf(OptionError);
  await expect(refused).rejects.toMatchObject({ option });
});
