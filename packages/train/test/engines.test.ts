import { Random } from '@nads/linalg';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import {
  adam,
  OnnxEngine,
  sgd,
  TfjsEngine,
  type Batch,
  type Engine,
  type Optimizer,
} from '../src/index.js';
import { chooseBackend } from '../src/node/index.js';
import { averaging, everyLayer, fresh, products, similarities, sizes } from './small-network.js';

beforeAll(async () => {
  await chooseBackend('wasm');
});

const pixels = sizes.channels * sizes.height * sizes.width;

function batch(count: number, seed: number): Batch {
  const images = new Float32Array(count * pixels);
  new Random(seed).fillNormal(images, 0, 1);
  return { images, labels: Int32Array.from({ length: count }, (_, i) => (i * 7) % 3) };
}

async function both(
  architecture: typeof everyLayer,
  optimizer: Optimizer,
  clip?: number,
): Promise<readonly [Engine, Engine]> {
  const { layers, onnx } = fresh(architecture, new Random(1));
  const options = { optimizer, clip, random: new Random(5) };
  return [
    await OnnxEngine.open(onnx, { ...options, runtime: nodeRuntime, threads: 1 }),
    new TfjsEngine(layers, options),
  ];
}

test('WebAssembly that traps, as it does without memory, is told with the way out', async () => {
  const trap = Object.assign(new Error('divide by zero'), { name: 'RuntimeError' });
  const apply = (): void => {
    throw trap;
  };
  const [, engine] = await both(averaging, { ...sgd(), apply });
  await expect(engine.step(batch(8, 1), 0.1)).rejects.toThrow(
    /out of memory, or failed, on wasm \(divide by zero\); choose a smaller `batch`/,
  );
});

const optimizers: Record<string, Optimizer> = {
  'plain sgd': sgd(),
  'sgd with momentum and weight decay': sgd({ momentum: 0.9, weightDecay: 5e-4 }),
  adam: adam({ weightDecay: 1e-3 }),
};

test.each(Object.entries(optimizers))('both engines take the same steps by %s', async (_, one) => {
  for (const architecture of [everyLayer, averaging, products, similarities]) {
    const [a, b] = await both(architecture, one, 0.5);
    for (let step = 0; step < 4; step++) {
      const given = batch(step === 3 ? 5 : 8, step);
      const [first, second] = [await a.step(given, 0.05), await b.step(given, 0.05)];
      expectClose([first.loss], [second.loss], { rtol: 1e-4 });
      expect(first.correct).toBe(second.correct);
    }
    const [state, other] = [a.state(), b.state()];
    expect([...state.keys()].toSorted()).toEqual([...other.keys()].toSorted());
    for (const [name, { data, dims }] of state) {
      expect(dims).toEqual(other.get(name)!.dims);
      expectClose(data, other.get(name)!.data, { rtol: 2e-3, atol: 2e-5 });
    }
    const { images } = batch(6, 9);
    expectClose(await a.predict(images), await b.predict(images), { rtol: 1e-3, atol: 1e-4 });
    await a.close();
  }
});

test('averages of batch normalisation are nine tenths old and one tenth new', async () => {
  const [engine] = await both(averaging, sgd());
  await engine.step(batch(8, 1), 0);
  const mean = engine.state().get('bn.running_mean')!.data;
  const once = Float32Array.from(mean);
  await engine.step(batch(8, 1), 0);
  // the same batch again: 0.1 m, then 0.09 m + 0.1 m
  expectClose(
    engine.state().get('bn.running_mean')!.data,
    once.map(m => 1.9 * m),
    { rtol: 1e-5 },
  );
  await engine.close();
});

test.each(['zero', 'inner-product'] as const)(
  'measures decay towards %s in both engines',
  async towards => {
    const { layers, onnx } = fresh(similarities, new Random(1));
    const measureDecay = { strength: 2, towards };
    const options = { optimizer: sgd({ momentum: 0.5, weightDecay: 0.1 }), random: new Random(5) };
    const all = { ...options, measureDecay };
    const engines: Engine[] = [
      await OnnxEngine.open(onnx, { ...all, runtime: nodeRuntime, threads: 1 }),
      new TfjsEngine(layers, all),
    ];
    const plain = await OnnxEngine.open(onnx, { ...options, runtime: nodeRuntime, threads: 1 });
    for (const engine of [...engines, plain]) await engine.step(batch(8, 1), 0.05);
    const [first, second, third] = [...engines, plain].map(engine => engine.state());
    for (const [name, { data }] of first) {
      expectClose(data, second.get(name)!.data, { rtol: 1e-3, atol: 1e-5 });
      // the first step of the others is only that of the plain weight decay, 0.1 w instead of 2 (w − t)
      const isMatrix = name === 'fixed.measure';
      if (!isMatrix && name !== 'scaled.diagonal_measure') continue;
      const start = data.map((_, i) => Number(!isMatrix || i % 9 === Math.floor(i / 9) % 9));
      const wanted = third.get(name)!.data.map((w, i) => {
        const pull = towards === 'zero' ? 2 * start[i] : 0;
        return w + 0.05 * 0.1 * start[i] - 0.05 * pull;
      });
      expectClose(data, wanted, { rtol: 1e-4, atol: 1e-6 });
    }
  },
);

test('a measure begins as that of the inner product, and is trained', async () => {
  for (const engine of await both(similarities, sgd())) {
    const before = engine.state().get('scaled.diagonal_measure')!.data.slice();
    expectClose(before, Array<number>(9).fill(1));
    await engine.step(batch(8, 1), 0.1);
    const after = engine.state().get('scaled.diagonal_measure')!.data;
    expect(Math.max(...after.map((d, i) => Math.abs(d - before[i])))).toBeGreaterThan(1e-4);
  }
});

test('an engine goes on from the state of another', async () => {
  const optimizer = sgd({ momentum: 0.9 });
  const [a, b] = await both(everyLayer, optimizer);
  const [c] = await both(everyLayer, optimizer);
  await a.step(batch(8, 1), 0.1);
  for (const engine of [b, c]) engine.restore(a.state(), 1);
  const losses = await Promise.all([a, b, c].map(engine => engine.step(batch(8, 2), 0.1)));
  expectClose(
    losses.map(({ loss }) => loss),
    Array(3).fill(losses[0].loss),
    { rtol: 1e-5 },
  );
});

test('the state of another network or optimiser is refused', async () => {
  const [a] = await both(everyLayer, sgd());
  const [b] = await both(averaging, sgd());
  const [c] = await both(everyLayer, sgd({ momentum: 0.9 }));
  expect(() => b.restore(a.state(), 0)).toThrow(/has no 'conv\.weight': it belongs to another/);
  expect(() => c.restore(a.state(), 0)).toThrow(/has no 'velocity\/conv1\.weight'/);
  const wrong = new Map(a.state());
  wrong.set('fc2.bias', { dims: [2], data: new Float32Array(2) });
  expect(() => a.restore(wrong, 0)).toThrow("'fc2.bias' has dims [2], this network has [3]");
});

test('a label that is no class is named', async () => {
  for (const engine of await both(averaging, sgd()))
    await expect(
      (async () => engine.step({ ...batch(2, 1), labels: [0, 3] }, 0.1))(),
    ).rejects.toThrow('image 1 has label 3; classes go from 0 to 2');
});
