import { addresses, parseBasis } from '@nads/basis';
import { decodeNpz, encodeNpz, imagesOfArray, plainPreprocessing } from '@nads/dataset';
import { readModel } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import {
  freshModel,
  MemoryStore,
  nothingLearnt,
  setsAlong,
  setsOf,
  train,
  type TrainSettings,
} from '../src/index.js';
import { textOf } from '../src/store.js';

const basis = parseBasis('fourier:4', { channels: 1, height: 8, width: 8 });
const [address] = addresses('1:2', basis, 'direction');
const few = { sigma: 0.5, epsilon: 2, train: 256, test: 128 };
const sets = setsAlong(basis, address, few);
const settings: TrainSettings = { epochs: 3, batch: 32, threads: 1 };
const runtime = nodeRuntime;

/** What is in a store, without the checkpoint, in which zip headers hold no more than contents. */
const filesIn = ({ files }: MemoryStore) => [files.get('history.csv'), files.get('model.onnx')];

/** Trains until an epoch is done, and stops it there. */
async function stopped(store: MemoryStore) {
  const controller = new AbortController();
  return train('logreg', sets, settings, {
    runtime,
    store,
    signal: controller.signal,
    onProgress: ({ done }) => void (done > 10 && controller.abort(new Error('enough'))),
  });
}

test('a direction is learnt; the model is ONNX with a free batch', async () => {
  const store = new MemoryStore();
  const units = new Set<string>();
  const plans: string[] = [];
  const { history, model, epochs } = await train('logreg', sets, settings, {
    runtime,
    store,
    onPlan: ({ engine }) => plans.push(engine),
    onProgress: ({ unit, done, total }) => units.add(`${unit} of ${total! - (done % 1)}`),
  });
  expect([history.length, epochs, [...units]]).toEqual([3, 3, ['steps of 24']]);
  expect(plans).toEqual([expect.stringMatching(/^onnx on onnxruntime-node/)]);
  expect(history[2].testAccuracy).toBeGreaterThan(90);
  expect(model.graph.inputs[0].dims).toEqual(['N', 1, 8, 8]);
  const written = readModel(store.files.get('model.onnx')!, 'model.onnx');
  expect(written.graph.initializers.get('fc.weight')).toEqual(
    model.graph.initializers.get('fc.weight'),
  );
  expect(textOf(store.files.get('history.csv')!).split('\n')[0]).toBe(
    'epoch,loss,train_accuracy,test_accuracy',
  );
  const picture = textOf(store.files.get('learning.svg')!);
  expect(picture).toContain('>Training of logreg<');
  expect(picture.match(/<circle/gu)).toHaveLength(3 * history.length); // loss, training and test accuracy
});

test('what was stopped is what was done, and goes on to the same bytes', async () => {
  const [whole, parts] = [new MemoryStore(), new MemoryStore()];
  await train('logreg', sets, settings, { runtime, store: whole });
  const { history, epochs } = await stopped(parts);
  expect([history.length, epochs]).toEqual([1, 3]);
  const resumed = await train(
    'logreg',
    sets,
    { ...settings, resume: true },
    { runtime, store: parts },
  );
  expect(resumed.history).toHaveLength(3);
  expect(filesIn(parts)).toEqual(filesIn(whole));
  const again = await train(
    'logreg',
    sets,
    { ...settings, resume: true },
    { runtime, store: parts },
  );
  expect(again.history).toEqual(resumed.history);
});

test('a stop before the first step is done is the reason that was given', async () => {
  const store = new MemoryStore();
  const signal = AbortSignal.abort(new Error('never mind'));
  await expect(train('logreg', sets, settings, { runtime, store, signal })).rejects.toThrow(
    'never mind',
  );
  expect(store.files.size).toBe(0);
});

test('a training stopped within an epoch goes on from that step to the same bytes', async () => {
  const [whole, parts] = [new MemoryStore(), new MemoryStore()];
  await train('logreg', sets, settings, { runtime, store: whole });
  for (const stop of [3, 5, 13]) {
    const controller = new AbortController();
    const { history } = await train(
      'logreg',
      sets,
      { ...settings, resume: stop > 3 },
      {
        runtime,
        store: parts,
        signal: controller.signal,
        onProgress: ({ done }) => void (done === stop && controller.abort(new Error('enough'))),
      },
    );
    expect(history).toHaveLength(Math.floor(stop / 8));
  }
  await train('logreg', sets, { ...settings, resume: true }, { runtime, store: parts });
  expect(parts.files).toEqual(whole.files);
});

test.each([['history.csv'], ['model.onnx'], ['history.csv', 'model.onnx', 'learning.svg']])(
  'what a kill left out is written by a resumed training with nothing left to do: %s',
  async (...missing) => {
    const store = new MemoryStore();
    await train('logreg', sets, settings, { runtime, store });
    const before = new Map(store.files);
    for (const name of missing) store.files.delete(name);
    const resumed = await train('logreg', sets, { ...settings, resume: true }, { runtime, store });
    expect(resumed.history).toHaveLength(3);
    expect(store.files).toEqual(before);
  },
);

/** The settings of a checkpoint as the command line wrote them before there were versions. */
const old = {
  architecture: 'logreg',
  sigma: 0.5,
  epsilon: 2,
  train: 256,
  test: 128,
  epochs: 3,
  batch: 32,
  rate: 0.5,
  momentum: 0,
  weightDecay: 0,
  pooling: true,
  size: [8, 8],
  schedule: 'linear',
  optimizer: 'sgd',
  seed: 0,
  direction: 'fourier:4@1:2',
};

/** A store that was left after an epoch, its checkpoint's settings replaced. */
async function leftBehind(changed: object): Promise<MemoryStore> {
  const store = new MemoryStore('out');
  await stopped(store);
  const arrays = Object.fromEntries(decodeNpz(store.files.get('checkpoint.npz')!));
  const data = new TextEncoder().encode(JSON.stringify(changed));
  const settings = { dtype: 'uint8', shape: [data.length], data } as const;
  await store.write([['checkpoint.npz', encodeNpz({ ...arrays, settings })]]);
  return store;
}

describe('checkpoints from before there were versions', () => {
  const resume = (store: MemoryStore) =>
    train('logreg', sets, { ...settings, resume: true }, { runtime, store });

  test.each([['fourier:4@1:2'], ['fourier:4@9']])('%s is still place 1:2', async direction => {
    const { history } = await resume(await leftBehind({ ...old, direction }));
    expect(history).toHaveLength(3);
  });

  test.each([
    [{ direction: 'fourier:4@8' }, 'another direction (fourier:4@0:2, now fourier:4@1:2)'],
    [{ rate: 0.1 }, 'another rate (0.1, now 0.5)'],
    [{ size: undefined }, 'another image (1x32x32, now 1x8x8)'],
    [{ clip: 0.5 }, 'another clip (0.5, now none)'],
    [{ channels: 3, direction: 'random:4@1' }, "'random:4@1' was a direction of whole images"],
  ])('%j is refused', async (changed, message) => {
    const store = await leftBehind({ ...old, ...changed });
    await expect(resume(store)).rejects.toThrow(message);
  });
});

test.each([
  [{ format: 'checkpoint', version: 3 }, 'out/checkpoint.npz: format version 3'],
  [{ ...old, version: 1, rate: 'fast' }, 'out/checkpoint.npz: rate: '],
  [
    { ...old, version: 1, size: undefined, direction: undefined },
    'belongs to another direction (none, now fourier:4@1:2)',
  ],
])('a checkpoint with %j is refused', async (changed, message) => {
  const store = await leftBehind(changed);
  const all = { ...settings, resume: true };
  await expect(train('logreg', sets, all, { runtime, store })).rejects.toThrow(message);
});

test('there must be something to resume from', async () => {
  const all = { ...settings, resume: true };
  await expect(train('logreg', sets, all, { runtime })).rejects.toThrow(
    '`resume`: resuming needs a store',
  );
  const store = new MemoryStore('out');
  await expect(train('logreg', sets, all, { runtime, store })).rejects.toThrow(
    '`resume`: out/checkpoint.npz not found; leave out `resume` to start over',
  );
  await store.write([['checkpoint.npz', 'half']]);
  await expect(train('logreg', sets, all, { runtime, store })).rejects.toThrow(
    '`resume`: out/checkpoint.npz',
  );
});

test('both engines give the same history', async () => {
  const losses = async (engine: 'onnx' | 'tfjs') => {
    const { history } = await train('logreg', sets, { ...settings, engine }, { runtime });
    return history.map(({ loss }) => loss.toPrecision(4));
  };
  expect(await losses('tfjs')).toEqual(await losses('onnx'));
});

describe('labelled images', () => {
  const pixels = Float32Array.from({ length: 40 * 64 }, (_, i) => ((i >> 6) % 2) + 0.01 * (i % 7));
  const images = (labels?: Int32Array) =>
    imagesOfArray({ dtype: 'float32', shape: [40, 1, 8, 8], data: pixels }, 'set', {
      labels: labels && { dtype: 'int32', shape: [40], data: labels },
      mayExceed: true,
    });
  const turns = Int32Array.from({ length: 40 }, (_, i) => i % 2);
  const named = (labels?: Int32Array) => ({ name: 'set.npz', images: images(labels) });
  const chosen = { preprocessing: plainPreprocessing, description: 'plain' };

  test('are learnt', async () => {
    const both = setsOf(named(turns), named(turns), chosen);
    expect(both.description).toBe('40 images 1×8×8, 2 classes\nplain');
    const { history } = await train(
      'logreg',
      both,
      { epochs: 8, batch: 8, rate: 0.05, threads: 1 },
      { runtime },
    );
    expect(history[7].testAccuracy).toBe(100);
  });

  test('are preprocessed, which a checkpoint remembers', () => {
    const preprocessing = { ...plainPreprocessing, mean: [0.5], std: [0.5] };
    const {
      train: set,
      test,
      identity,
    } = setsOf(named(turns), undefined, {
      ...chosen,
      preprocessing,
    });
    expect(test).toBeUndefined();
    expect(set.images[0]).toBeCloseTo(-1);
    expect(identity).toEqual({ data: 'set.npz', mean: '[0.5]', std: '[0.5]' });
  });

  test('without labels, or with others to test with, are refused', () => {
    expect(() => setsOf(named(), undefined, chosen)).toThrow('set.npz: has no labels');
    const others = turns.map(label => label + 1);
    expect(() => setsOf(named(turns), named(others), chosen)).toThrow(
      'set.npz: set, image 1 has label 2, set.npz has classes 0 to 1',
    );
  });
});

test('an architecture with fresh weights is a model that other studies take', async () => {
  const sizes = { channels: 1, height: 8, width: 8, classes: 3 };
  const { name, model, sha256 } = await freshModel('logreg', sizes, { seed: 1 });
  expect([name, model.graph.outputs[0].dims]).toEqual(['logreg.onnx', ['N', 3]]);
  expect((await freshModel('logreg', sizes, { seed: 1 })).sha256).toBe(sha256);
  expect((await freshModel('logreg', sizes, { seed: 2 })).sha256).not.toBe(sha256);
});

test('a loss above twice that of guessing is said; with one class nothing is guessed', () => {
  const ended = (loss: number) => ({ history: [{ epoch: 0, loss, trainAccuracy: 50 }] });
  expect(nothingLearnt(ended(2 * Math.LN2 - 1e-9), 2)).toBeUndefined();
  expect(nothingLearnt(ended(2 * Math.LN2 + 1e-9), 2)).toMatch(
    /^nothing was learnt: .* 1\.386, .* 0\.69;/,
  );
  expect(nothingLearnt(ended(4), 10)).toBeUndefined();
  expect(nothingLearnt(ended(4), 1)).toBeUndefined();
});
