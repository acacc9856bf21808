import { encodeNpz, type NdArray } from '@nads/dataset';
import { readElasticityState } from '../src/elasticity/elasticity-state-codec.js';
import { encodeIdentity } from '../src/identity-array.js';
import { MemoryStore } from '../src/index.js';
import { readKernelState } from '../src/ntk/kernel-state-codec.js';
import { parseSaliencySummary } from '../src/saliency/saliency-summary.js';
import { SearchJournal } from '../src/search/search-journal.js';
import { decodeShown } from '../src/sets/shown-codec.js';

const identity = { seed: 1 };
const text = (contents: string): NdArray => {
  const data = new TextEncoder().encode(contents);
  return { dtype: 'uint8', shape: [data.length], data };
};
const square = (value: number): NdArray => ({
  dtype: 'float64',
  shape: [2, 2],
  data: new Float64Array(4).fill(value),
});
const image = (value: number): NdArray => ({ ...square(value), shape: [1, 1, 2, 2] });
const blocks: NdArray = { dtype: 'int32', shape: [1], data: Int32Array.of(1) };
const none: NdArray = { dtype: 'float64', shape: [0, 2, 2], data: new Float64Array(0) };
const whole = { identity: encodeIdentity(identity), blocks, kernel: square(1), kernels: none };
const holding = (name: string, arrays: Record<string, NdArray>): MemoryStore => {
  const store = new MemoryStore('out');
  store.files.set(name, encodeNpz(arrays));
  return store;
};

test.each<[string, Record<string, NdArray>, RegExp]>([
  ['settings that are null', { identity: text('null') }, /identity: the whole: /],
  ['lists for settings', { identity: text('{"seed": [1]}') }, /identity: seed: /],
  ['numbers that are not finite', { kernel: square(NaN) }, /kernel: value 0 is NaN/],
  ['a kernel of no images', { kernel: none }, /kernel: shape \(0, 2, 2\), expected \(2, 2\)/],
  [
    'a negative count',
    { blocks: { ...blocks, data: Int32Array.of(-1) } },
    /blocks: -1 is no number of blocks/,
  ],
])('%s in a kernel that is gone on from are refused', async (_, damage, message) => {
  const arrays = { ...whole, ...damage };
  for (const reading of [
    readKernelState(holding('kernel.npz', arrays), identity, 2),
    readElasticityState(holding('similarities.npz', arrays), identity, 2),
  ]) {
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(
      /^`resume`: out\/\w+\.npz is damaged \(.*\); remove it and start again$/,
    );
  }
});

test('an undamaged kernel is gone on from', async () => {
  const { blocks: done } = (await readKernelState(holding('kernel.npz', whole), identity, 2))!;
  expect(done).toBe(1);
  const { next } = await readElasticityState(holding('similarities.npz', whole), identity, 2);
  expect(next!.kernel.data).toEqual(new Float64Array(4).fill(1));
});

test('a damaged line of the journal of a search is named, with the way out', async () => {
  const store = new MemoryStore('out');
  store.files.set('journal.jsonl', new TextEncoder().encode('{"seed":1}\n{"what":"score"}\n'));
  await expect(SearchJournal.open(store, identity)).rejects.toThrow(
    /^out\/journal\.jsonl, line 2: cell: .*; remove that line, or the file to start over$/,
  );
});

test('maps of pictures are in the folder of their result', () => {
  const image = { file: 'a.png', output: 0, predicted: 0, image: '../a.image.npy', maps: {} };
  const summary = {
    model: { file: 'm.onnx', sha256: '' },
    preprocessing: { description: '' },
    settings: {
      of: 'logits',
      methods: [],
      steps: 1,
      baseline: 'zero',
      samples: 1,
      noise: 0,
      seed: 0,
    },
    images: [image],
    runtime: '',
  };
  const read = () => parseSaliencySummary('saliency.json', JSON.stringify(summary));
  expect(read).toThrow(/^saliency\.json: images\.0\.image: /);
  image.image = 'a.image.npy';
  expect(read).not.toThrow();
});

test.each<[Record<string, NdArray>, RegExp]>([
  [{ after: square(0) }, /^f\[after\]: shape \(2, 2\), expected \(1, 1, 2, 2\)$/],
  [{ before: square(0), after: square(0) }, /^f\[before\]: shape \(2, 2\)/],
  [{ before: image(NaN) }, /^f\[before\]: value 0 is NaN, expected a finite number$/],
  [{ about: square(0) }, /^f\[about\]: values of float64, expected bytes of text$/],
  [{ about: text('{"title": 1}') }, /^f\[about\]: title: /],
])('shown images that are damaged are refused', (damage, message) => {
  const about = text('{"title": "", "names": ["a"]}');
  const bytes = encodeNpz({ before: image(0), after: image(1), about, ...damage });
  expect(() => decodeShown(bytes, 'f')).toThrow(message);
});
