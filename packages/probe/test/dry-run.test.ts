import { attributes, floats, node, type Model, type Node } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { dryRun } from '../src/estimator/dry-run.js';
import { NetworkProbe } from '../src/estimator/network-probe.js';
import type { EstimateOptions } from '../src/estimator/plan/estimate-options.js';
import { prepare } from '../src/estimator/plan/prepare.js';
import { linearLayer, linearWeights, smallModel } from './small-model.js';

const image = { channels: 1, height: 2, width: 3 };

/** A linear layer, these nodes from `z` to `m`, and a last layer. */
const network = (...nodes: Node[]): Model =>
  smallModel({
    image,
    nodes: [
      node('Flatten', ['x'], ['flat']),
      linearLayer('flat', 'first', 'z'),
      ...nodes,
      linearLayer('m', 'last', 'y'),
    ],
    weights: {
      ...linearWeights('first', 4, 6),
      ...linearWeights('last', 2, 4),
      large: floats([], [1e38]),
    },
  });

function tryOut(model: Model, options: EstimateOptions = {}) {
  const { plan } = prepare(model, options);
  return dryRun(new NetworkProbe(plan, nodeRuntime), plan);
}

const mean = node('ReduceMean', ['z'], ['mean'], attributes({ axes: [0], keepdims: 1 }));
const centred = node('Sub', ['z', 'mean'], ['centred']);

test('a trial is stopped between its runs', async () => {
  const { plan } = prepare(network(node('Tanh', ['z'], ['m'])), {});
  const reason = new Error('enough');
  const stopped = dryRun(new NetworkProbe(plan, nodeRuntime), plan, AbortSignal.abort(reason));
  await expect(stopped).rejects.toBe(reason);
});

describe.each([{}, { probe: 'gradient' as const }])('%p', options => {
  test('images that do not influence each other are found independent, and timed', async () => {
    const found = await tryOut(network(node('Tanh', ['z'], ['m'])), options);
    expect(found.independent).toBe(true);
    expect(found.secondsPerImage).toBeGreaterThan(0);
    expect(found.secondsPerImage).toBeLessThan(1);
  });

  test('images that do, as in batch statistics, are not', async () => {
    const square = node('Mul', ['centred', 'centred'], ['m']);
    expect((await tryOut(network(mean, centred, square), options)).independent).toBe(false);
  });
});

test('a node that gives numbers that are not finite is named, with what to try', async () => {
  const log = node('Log', ['z'], ['l'], new Map(), { name: 'logarithm' });
  const model = network(log, node('Relu', ['l'], ['m']));
  await expect(tryOut(model)).rejects.toThrow(
    "node 'logarithm' (Log) gives NaN on noise, with fresh weights; try another `init`",
  );
});

test('so is one that does so for wide probes alone', async () => {
  const exp = node('Exp', ['z'], ['e'], new Map(), { name: 'exponential' });
  const model = network(exp, node('Relu', ['e'], ['m']));
  await expect(tryOut(model, { step: 1000 })).rejects.toThrow(
    "node 'exponential' (Exp) gives Infinity for a probe of step 1000; try a smaller `step` or another `init`",
  );
  expect((await tryOut(model, { step: 1 })).independent).toBe(true);
});

test('and one that a network meets after the first', async () => {
  const exp = node('Exp', ['z'], ['e'], new Map(), { name: 'exponential' });
  const { plan } = prepare(network(exp, node('Relu', ['e'], ['m'])), { step: 1000 });
  await expect(new NetworkProbe(plan, nodeRuntime).contribution(3)).rejects.toThrow(
    /^node 'exponential' \(Exp\) gives (Infinity|NaN) for a probe of step 1000/,
  );
});

test('and one whose gradient overflows', async () => {
  const times = (from: string, to: string): Node =>
    node('Mul', [from, 'large'], [to], new Map(), { name: `times-${to}` });
  const model = network(
    times('z', 'a'),
    node('Tanh', ['a'], ['t']),
    times('t', 'b'),
    node('Tanh', ['b'], ['m']),
  );
  await expect(tryOut(model)).resolves.toMatchObject({ independent: true });
  const { plan } = prepare(network(times('z', 'a'), times('a', 'm')), { probe: 'gradient' });
  await expect(new NetworkProbe(plan, nodeRuntime).contribution(0)).rejects.toThrow(
    /gives (-?Infinity|NaN) for a gradient at the point/,
  );
});

test('secants that float32 cannot resolve are counted: of a large output, of none that follows a ReLU', async () => {
  const add = node('Add', ['z', 'large'], ['m']);
  expect((await tryOut(network(add), { step: 1 })).unresolved).toBe(1);
  expect((await tryOut(network(node('Relu', ['z'], ['m'])))).unresolved).toBe(0);
  expect(
    (await tryOut(network(node('Relu', ['z'], ['m'])), { probe: 'gradient' })).unresolved,
  ).toBe(undefined);
});
