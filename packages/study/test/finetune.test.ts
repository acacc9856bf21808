import { Random } from '@nads/linalg';
import {
  attributes,
  floats,
  node,
  sizeOf,
  writeModel,
  type Model,
  type Node,
  type Tensor,
} from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { nodeRuntime as runtime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import {
  derive,
  finetune,
  MemoryStore,
  sourceModel,
  type FinetuneSettings,
  type SourceModel,
} from '../src/index.js';
import { images } from './small-models.js';

function drawn(...dims: number[]): Tensor {
  const data = new Float32Array(sizeOf(dims));
  new Random(dims.join()).fillNormal(data, 0, 0.3);
  return floats(dims, data);
}

const ones = (size: number): Tensor => floats([size], new Float32Array(size).fill(1));
const zeros = (size: number): Tensor => floats([size], new Float32Array(size));

const conv = node(
  'Conv',
  ['x', 'kernel'],
  ['a'],
  attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
);
const norm = node('BatchNormalization', ['a', 'scale', 'shift', 'mean', 'variance'], ['b']);
const dense = node('Gemm', ['flat', 'matrix', 'bias'], ['z'], attributes({ transB: 1 }));
const rest = [node('Relu', ['b'], ['c']), node('Flatten', ['c'], ['flat']), dense];
const softmax = node('Softmax', ['z'], ['y'], attributes({ axis: 1 }));

/** A convolution, a normalisation, a ReLU, a linear layer of two classes, and a Softmax. */
function modelOf(nodes: readonly Node[], batch: number | string = 'N', opset = 13): SourceModel {
  const initializers = new Map([
    ['kernel', drawn(3, 1, 3, 3)],
    ['scale', ones(3)],
    ['shift', zeros(3)],
    ['mean', zeros(3)],
    ['variance', ones(3)],
    ['matrix', drawn(2, 48)],
    ['bias', zeros(2)],
  ]);
  const model: Model = {
    irVersion: 8,
    opsets: new Map([['', opset]]),
    producer: { name: 'test', version: '1' },
    functions: [],
    graph: {
      name: 'g',
      nodes,
      inputs: [{ name: 'x', type: 'float32', dims: [batch, 1, 4, 4] }],
      outputs: [{ name: nodes.at(-1)!.outputs[0], type: 'float32', dims: [batch, 2] }],
      initializers,
      valueInfo: [],
    },
  };
  return sourceModel('some/model.onnx', writeModel(model));
}

const source = modelOf([conv, norm, ...rest, softmax]);
const train = { name: 'set', images: images(48, i => (i % 3 === 0 ? 1 : 0)) };
const usual: FinetuneSettings = { epochs: 3, batch: 16, learningRate: 0.05, threads: 1 };

const tuned = (model: SourceModel, settings: FinetuneSettings = {}, store?: MemoryStore) =>
  finetune(model, { train }, { ...usual, ...settings }, { runtime, store });

async function outputsOf(model: Model, data: Float32Array): Promise<Float32Array> {
  const session = await runtime.createSession(writeModel(model));
  const x = float32(data, [data.length / 16, 1, 4, 4]);
  return (await session.run({ x }))[model.graph.outputs[0].name].data as Float32Array;
}

const pixels = (count = 48): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => i).reduce(
    (all, i) => {
      all.set(
        Float32Array.from(train.images.image(i).data as Uint8Array, byte => byte / 255),
        i * 16,
      );
      return all;
    },
    new Float32Array(count * 16),
  );

test('a file is trained further: same inputs, outputs and names, other weights and averages', async () => {
  const store = new MemoryStore();
  const { history, model, before, best } = await tuned(source, { epochs: 30 }, store);
  expect(history).toHaveLength(30);
  expect(history[29].loss).toBeLessThan(0.5 * history[0].loss);
  expect(best!.accuracy).toBeGreaterThanOrEqual(before!);
  const { graph } = source.model;
  expect([model.graph.inputs, model.graph.outputs]).toEqual([graph.inputs, graph.outputs]);
  expect(model.graph.nodes).toEqual(graph.nodes);
  expect([...model.graph.initializers.keys()]).toEqual([...graph.initializers.keys()]);
  for (const name of ['kernel', 'scale', 'mean', 'variance'])
    expect(model.graph.initializers.get(name)).not.toEqual(graph.initializers.get(name));
  expect([...store.files.keys()].toSorted()).toEqual(
    ['checkpoint.npz', 'history.csv', 'learning.svg', 'model.onnx'].toSorted(),
  );
  expect(store.files.get('model.onnx')).toEqual(writeModel(model));
});

test('a learning rate of 0 leaves all outputs as they are', async () => {
  const { model } = await tuned(source, { learningRate: 0, keep: 'last' });
  expect(await outputsOf(model, pixels())).toEqual(await outputsOf(source.model, pixels()));
});

test('one step is that of the gradients that `gradient` gives', async () => {
  const plain = modelOf([conv, norm, ...rest]);
  const settings = { epochs: 1, batch: 48, momentum: 0, schedule: 'constant' } as const;
  const options = { ...settings, validation: false, batchNorm: 'evaluation' } as const;
  const { model } = await tuned(plain, { ...options, learningRate: 0.5 });
  const names = ['kernel', 'scale', 'shift', 'matrix', 'bias'];
  const { model: gradients, seeds, results } = derive(plain, { wrt: names });
  const logits = await outputsOf(plain.model, pixels());
  const seed = seedOf(logits, train.images.labels!);
  const session = await runtime.createSession(writeModel(gradients));
  const feeds = { x: float32(pixels(), [48, 1, 4, 4]), [seeds[0]]: float32(seed, [48, 2]) };
  const found = await session.run(feeds);
  names.forEach((name, i) => {
    const slope = found[results[i]].data as Float32Array;
    const start = plain.model.graph.initializers.get(name)!.data as Float32Array;
    expect(slope.some(x => Math.abs(x) > 1e-3)).toBe(true);
    expectClose(
      model.graph.initializers.get(name)!.data as Float32Array,
      start.map((w, k) => w - 0.5 * slope[k]),
      { rtol: 1e-4, atol: 1e-6 },
    );
  });
});

/** (softmax − one-hot) / N: the derivative of the mean cross-entropy of two classes by the logits. */
const seedOf = (logits: Float32Array, labels: Int32Array): Float32Array =>
  logits.map((_, at) => {
    const [row, k] = [at >> 1, at % 2];
    const other = logits[2 * row + 1 - k];
    const p = 1 / (1 + Math.exp(other - logits[at]));
    return (p - (labels[row] === k ? 1 : 0)) / labels.length;
  });

test('a file that fixes its batch to one image, of an old opset, is trained', async () => {
  const { model, history } = await tuned(modelOf([conv, norm, ...rest], 1, 9));
  expect(history[2].loss).toBeLessThan(history[0].loss);
  expect(model.opsets.get('')).toBe(9);
  expect(await outputsOf(model, pixels(1))).toHaveLength(2);
});

test('the best weights on the images held out are kept, or the last', async () => {
  const settings = { epochs: 4, learningRate: 2, schedule: 'constant' } as const;
  const best = await tuned(source, { ...settings, keep: 'best' });
  const accuracies = best.history.map(({ testAccuracy }) => testAccuracy!);
  expect(best.best!.accuracy).toBe(Math.max(best.before!, ...accuracies));
  const last = await tuned(source, { ...settings, keep: 'last' });
  expect(last.best).toBeUndefined();
  expect(last.history).toEqual(best.history);
});

test('what was stopped goes on to the same bytes', async () => {
  const [whole, parts] = [new MemoryStore(), new MemoryStore()];
  await tuned(source, {}, whole);
  const controller = new AbortController();
  await finetune(source, { train }, usual, {
    runtime,
    store: parts,
    signal: controller.signal,
    onProgress: ({ unit, done }) => {
      if (unit === 'steps' && done === 5) controller.abort(new Error('enough'));
    },
  });
  expect(parts.files).not.toEqual(whole.files);
  await tuned(source, { resume: true }, parts);
  expect(parts.files).toEqual(whole.files);
});

test.each([16, 48])('a loss that is no number ends it, and nothing is written: %d', async batch => {
  const store = new MemoryStore();
  await expect(tuned(source, { learningRate: 1e39, batch }, store)).rejects.toThrow(
    /^some\/model\.onnx: `learningRate`: the loss is (NaN|Infinity) after 1 steps; give a smaller one/,
  );
  expect(store.files.size).toBe(0);
});

const mixing = node('ReduceMean', ['z'], ['all'], attributes({ axes: [0], keepdims: 1 }));
const mixed = modelOf([conv, norm, ...rest, mixing, node('Sub', ['z', 'all'], ['y'])]);
const squared = [node('Mul', ['z', 'z'], ['zz']), node('Softmax', ['zz'], ['y'])];
const loose = [node('Relu', ['x'], ['c']), node('Flatten', ['c'], ['y'])];

test.each([
  ['outputs that depend on the batch', mixed, {}, /outputs depend on which images are in a batch/],
  [
    'a softmax of what is not linear',
    modelOf([conv, norm, ...rest, ...squared]),
    {},
    /output 'y' holds probabilities \('y', Softmax\) of what is no linear layer/,
  ],
  [
    'no weights',
    modelOf(loose),
    {},
    /^some\/model\.onnx: it has no weights that training could change/,
  ],
  ['a momentum of 1', source, { momentum: 1 }, /`momentum`: expected a number from 0 to below 1/],
  [
    'the best weights without validation',
    source,
    { validation: false, keep: 'best' },
    /`keep`: the best weights are those on `validation` images/,
  ],
  ['a share of no images', source, { validation: 0.001 }, /0\.1% of the 48 images of set are 0/],
] as const)('%s: refused with the reason', async (_, model, settings, message) => {
  await expect(tuned(model, settings)).rejects.toThrow(message);
});

test('labels that the model has not are refused', async () => {
  const strange = { name: 'set', images: images(48, i => i % 3) };
  await expect(finetune(source, { train: strange }, usual, { runtime })).rejects.toThrow(
    /^set: image \d+ has label 2, some\/model\.onnx has classes 0 to 1/,
  );
});

test('images of another set validate', async () => {
  const validation = { name: 'other', images: images(9, i => i % 2) };
  const { history } = await finetune(source, { train, validation }, usual, { runtime });
  expect(history[0].testAccuracy! % (100 / 9)).toBeCloseTo(0);
});
