import { attributes, floats, node, readModel, type Model } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { readFileSync } from 'node:fs';
import type { BlockSums } from '../src/estimator/accumulate/block-sums.js';
import { dryRun } from '../src/estimator/dry-run.js';
import { NetworkProbe } from '../src/estimator/network-probe.js';
import type { EstimateOptions } from '../src/estimator/plan/estimate-options.js';
import type { Plan } from '../src/estimator/plan/plan.js';
import { prepare } from '../src/estimator/plan/prepare.js';
import { linearLayer, linearWeights, smallModel, uneven } from './small-model.js';

// Estimates whose probes are run on crops of maps.

const file = (name: string): Model => {
  const url = new URL(`../../../models/${name}.onnx`, import.meta.url);
  return readModel(readFileSync(url), name);
};
const lenet = file('lenet');

/** What a network adds on crops, and on whole images. */
async function bothWays(model: Model, options: EstimateOptions, index = 1) {
  const [local, whole] = (['auto', 'none'] as const).map(
    local => prepare(model, { seed: 3, ...options, local }).plan,
  );
  expect([local.local !== undefined, whole.local]).toEqual([true, undefined]);
  const contribution = (plan: Plan) => new NetworkProbe(plan, nodeRuntime).contribution(index);
  return [await contribution(local), await contribution(whole)];
}

function expectSame(local: BlockSums, whole: BlockSums): void {
  for (const [b, { data }] of whole.entries()) {
    const scale = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expectClose(local[b].data, data, { rtol: 1e-4, atol: 1e-5 * scale });
  }
}

test.each<[string, EstimateOptions]>([
  ['with a tail', { tails: 2 }],
  ['without one', { tails: 1 }],
  ['along blocks', { tails: 1, basis: 'blocks:2' }],
  ['at several points', { tails: 1, pointCount: 2, symmetry: 'none', basis: 'blocks:2' }],
  ['in small batches', { tails: 1, batch: 48 }],
  ['in batches of an odd number', { tails: 1, batch: 47 }],
  ['with sampled heads and narrow steps', { head: 'sampled', step: 0.1, basis: 'blocks:2' }],
])('LeNet adds the same on crops as on whole images, %s', async (_, options) => {
  const [local, whole] = await bothWays(lenet, options);
  expectSame(local, whole);
});

test.each(['vgg11bn-narrow', 'densenet-g12'])('%s adds the same but for rounding', async name => {
  const [local, whole] = await bothWays(file(name), { tails: 1 });
  expectSame(local, whole);
});

/** Two wide convolutions on images of 24 × 24, with channels behind space. */
const nhwc = smallModel({
  image: { channels: 2, height: 24, width: 24 },
  layout: 'NHWC',
  nodes: [
    node('Transpose', ['x'], ['t'], attributes({ perm: [0, 3, 1, 2] })),
    node('Conv', ['t', 'k'], ['c'], attributes({ pads: [1, 1, 1, 1] })),
    node('Relu', ['c'], ['r']),
    node('Conv', ['r', 'l'], ['d'], attributes({ strides: [4, 4] })),
    node('Flatten', ['d'], ['flat']),
    linearLayer('flat', 'last', 'y'),
  ],
  weights: {
    k: uneven(32, 2, 3, 3),
    l: uneven(4, 32, 4, 4),
    ...linearWeights('last', 2, 144),
  },
});

test.each(['auto', 'none'] as const)(
  'images with channels behind space, all of them probed or one (symmetry %s)',
  async symmetry => {
    const [local, whole] = await bothWays(nhwc, { symmetry });
    expectSame(local, whole);
  },
);

describe('whole images are run', () => {
  test.each<[string, EstimateOptions]>([
    ['where that is wanted', { local: 'none' }],
    ['along waves, which are everywhere', { basis: 'dct:8' }],
    ['along blocks of half of the image', { basis: 'blocks:16' }],
    ['for gradients', { probe: 'gradient' }],
  ])('%s', (_, options) => {
    const { plan, locality } = prepare(lenet, options);
    expect([plan.local, locality]).toEqual([undefined, undefined]);
  });

  test('where batches have a size', () => {
    const { graph } = lenet;
    const fixed = { ...graph, inputs: [{ ...graph.inputs[0], dims: [4, 1, 32, 32] }] };
    const sum = node(
      'ReduceSum',
      [graph.outputs[0].name],
      ['sum'],
      attributes({ axes: [0], keepdims: 1 }),
    );
    const outputs = [{ name: 'sum', type: 'float32' as const }];
    const baked = { ...lenet, graph: { ...fixed, nodes: [...graph.nodes, sum], outputs } };
    const { plan, batch } = prepare(baked, {});
    expect(batch.obstacle).toBeDefined();
    expect(plan.local).toBeUndefined();
  });

  test('where no layer sees few places', () => {
    expect(prepare(file('logistic-regression'), {}).plan.local).toBeUndefined();
  });
});

describe('the plan of LeNet', () => {
  const { plan, locality, macsPerImage } = prepare(lenet, { tails: 1 });
  const local = plan.local!;

  test('runs both convolutions on crops', () => {
    expect(locality!.convolutions).toEqual([2, 2]);
    expect(locality!.savedMacs / macsPerImage).toBeGreaterThan(0.6);
    expect(local.stages.map(({ outputs }) => local.maps[outputs[0]])).toEqual([
      [6, 14, 14],
      [16, 5, 5],
    ]);
  });

  test('probes every direction once, those first that reach least', () => {
    expect([...local.order].toSorted((a, b) => a - b)).toEqual([...local.order.keys()]);
    expect(new Set([...local.order.subarray(0, 64)].map(j => Math.floor(j / 32))).size).toBe(8);
    expect([...local.order.subarray(0, 4)]).toContain(0);
  });

  test('has every weight in one piece', () => {
    const names = [...local.stages, local.rest].flatMap(({ draws }) =>
      draws.map(({ name }) => name),
    );
    expect(names.toSorted()).toEqual(plan.body.draws.map(({ name }) => name).toSorted());
  });

  test('is the same on every machine and can be sent to workers', () => {
    expect(structuredClone(plan)).toEqual(prepare(lenet, { tails: 1 }).plan);
  });
});

describe('before the work', () => {
  const { plan } = prepare(lenet, { tails: 1 });
  const tried = (changed: Plan) => dryRun(new NetworkProbe(changed, nodeRuntime), changed);

  test('crops and whole images are seen to agree', async () => {
    expect(await tried(plan)).toMatchObject({ independent: true, agreement: 'exact' });
  });

  test.each<[string, (local: NonNullable<Plan['local']>) => NonNullable<Plan['local']>]>([
    [
      'boxes are too small',
      local => ({
        ...local,
        stages: local.stages.map((stage, s) => ({
          ...stage,
          rows: s === 1 ? stage.rows.map(({ first }) => ({ first, end: first + 2 })) : stage.rows,
        })),
      }),
    ],
    [
      'crops are taken a row off',
      local => ({
        ...local,
        stages: local.stages.map(stage => ({
          ...stage,
          crops: stage.crops.map(crop => ({
            ...crop,
            spans: [{ ...crop.spans[0], shift: crop.spans[0].shift + 1 }, crop.spans[1]] as const,
          })),
        })),
      }),
    ],
  ])('it is seen where %s', async (_, broken) => {
    const found = await tried({ ...plan, local: broken(plan.local!) });
    expect(found).toMatchObject({ independent: true, agreement: 'none' });
    expect(found.obstacle).toBeUndefined();
  });

  test('it is said where a piece cannot be run', async () => {
    const local = { ...plan.local!, rest: { ...plan.local!.rest, model: new Uint8Array(3) } };
    const found = await tried({ ...plan, local });
    expect(found.agreement).toBe('none');
    expect(found.obstacle).toMatch(/./);
  });
});

test('numbers that are not finite are blamed on their node as on whole images', async () => {
  const image = { channels: 1, height: 24, width: 24 };
  const model = smallModel({
    image,
    nodes: [
      node('Conv', ['x', 'k'], ['c'], attributes({ pads: [1, 1, 1, 1] })),
      node('Exp', ['c'], ['e'], new Map(), { name: 'exponential' }),
      node('Conv', ['e', 'l'], ['d'], attributes({ strides: [4, 4] })),
      node('Flatten', ['d'], ['flat']),
      linearLayer('flat', 'last', 'y'),
    ],
    weights: {
      k: uneven(32, 1, 3, 3),
      l: floats([4, 32, 4, 4], new Float32Array(2048).fill(1)),
      ...linearWeights('last', 2, 144),
    },
  });
  const { plan } = prepare(model, { step: 3000 });
  expect(plan.local).toBeDefined();
  await expect(new NetworkProbe(plan, nodeRuntime).contribution(3)).rejects.toThrow(
    /^node 'exponential' \(Exp\) gives (Infinity|NaN) for a probe of step 3000/,
  );
});
