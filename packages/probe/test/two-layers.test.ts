import { pixelsOf } from '@nads/basis';
import { node, type Model } from '@nads/onnx';
import { inProcessPool, type StopSignal } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { contributions } from '../src/estimator/contributions.js';
import type { BlockSums } from '../src/estimator/accumulate/block-sums.js';
import { NetworkProbe } from '../src/estimator/network-probe.js';
import type { EstimateOptions } from '../src/estimator/plan/estimate-options.js';
import type { Plan } from '../src/estimator/plan/plan.js';
import { prepare } from '../src/estimator/plan/prepare.js';
import {
  affine,
  expectMatrix,
  headCovariance,
  lifted,
  meanOf,
  rowsOf,
  secantsOf,
  weightsOf,
  type Network,
  type Rows,
  type Vector,
} from './reference.js';
import { linearLayer, linearWeights, smallModel } from './small-model.js';

// y = B tanh(A x + a) + b: Φ and C by brute force in double precision.

const image = { channels: 2, height: 3, width: 4 };
const pixels = pixelsOf(image);
const [hidden, outputs] = [5, 3];

const twoLayers = (layout: 'NCHW' | 'NHWC', batch: number | 'N' = 'N'): Model =>
  smallModel({
    image,
    layout,
    batch,
    nodes: [
      node('Flatten', ['x'], ['flat']),
      linearLayer('flat', 'first', 'z'),
      node('Tanh', ['z'], ['t']),
      linearLayer('t', 'last', 'y'),
    ],
    weights: {
      ...linearWeights('first', hidden, pixels),
      ...linearWeights('last', outputs, hidden),
    },
  });

/** An image [C, H, W] in the order of a file. */
function inFileOrder(x: Vector, layout: 'NCHW' | 'NHWC'): Vector {
  if (layout === 'NCHW') return x;
  const { channels, height, width } = image;
  const rows = Array.from({ length: height * width }, (_, at) => at);
  return rows.flatMap(at => Array.from({ length: channels }, (_, c) => x[c * height * width + at]));
}

/** What is differenced of network `index`: its features where the last layer is averaged over, else its outputs. */
function networkOf(plan: Plan, index: number): Network {
  const weights = weightsOf(plan.body.draws, plan, index);
  return x => {
    const z = affine(weights, 'first', inFileOrder(x, plan.layout));
    const t = z.map(Math.tanh);
    return plan.head.kind === 'marginalised' ? t : affine(weights, 'last', t);
  };
}

/** C of one network, averaged over the points. */
function expectedOf(plan: Plan, probe: NetworkProbe, index: number): Rows {
  const step = plan.probe === 'gradient' ? 1e-5 : plan.step;
  const f = networkOf(plan, index);
  return meanOf(
    plan.points.map(point =>
      headCovariance(secantsOf(f, rowsOf(probe.basis), [...point], step), plan.head),
    ),
  );
}

async function expectBruteForce(model: Model, options: EstimateOptions): Promise<Plan> {
  const { plan } = prepare(model, { symmetry: 'none', ...options });
  const probe = new NetworkProbe(plan, nodeRuntime);
  for (const index of [0, 3]) {
    const c = lifted(await probe.contribution(index), probe.blocks, probe.basis.size);
    expectMatrix(c, expectedOf(plan, probe, index));
  }
  return plan;
}

const heads = ['marginalised', 'sampled', 'outputs'] as const;
const probing: EstimateOptions[] = [
  { step: 100 },
  { step: 0.5 },
  { step: 0.5, pointCount: 3 },
  { step: 0.5, batch: 3 },
  { step: 0.5, basis: 'dct:2' },
  { probe: 'gradient' },
  { probe: 'gradient', pointCount: 2, batch: 2 },
  { probe: 'gradient', basis: 'dct:2' },
];

describe.each(['NCHW', 'NHWC'] as const)('in %s', layout => {
  describe.each(heads)('with the last layer %s', head => {
    test.each(probing)('C is that of brute force, %p', async options => {
      const plan = await expectBruteForce(twoLayers(layout), { layout, head, seed: 2, ...options });
      expect(plan.head.kind).toBe(head);
    });
  });

  test('weights of a mean that is not zero add (Φ1)(Φ1)ᵀ', async () => {
    const { head } = await expectBruteForce(twoLayers(layout), {
      layout,
      init: 'like-file',
      step: 0.5,
    });
    expect(head).toMatchObject({ kind: 'marginalised' });
    expect((head as { mean: number }).mean).toBeGreaterThan(0.1);
  });

  test.each([1, 2, 5])('so it is in a file whose batch is fixed to %i', async batch => {
    const model = twoLayers(layout, batch);
    await expectBruteForce(model, { layout, step: 0.5 });
    await expectBruteForce(model, { layout, probe: 'gradient' });
  });
});

test('wide secants along rows of a file are those of the directions in it', async () => {
  const rows = { rows: 2, columns: pixels, data: new Float64Array(2 * pixels) };
  rows.data[3] = 1;
  rows.data[pixels + 5] = 0.6;
  rows.data[pixels + 20] = -0.8;
  const plan = await expectBruteForce(twoLayers('NCHW'), {
    layout: 'NCHW',
    rows: { rows },
    step: 0.5,
  });
  expect(plan.basis).toBe('rows');
});

describe('a contribution depends on nothing but the plan and the number of the network', () => {
  const options: EstimateOptions = { seed: 9, basis: 'dct:2' };
  const probeOf = (changes: EstimateOptions = {}, signal?: StopSignal) => {
    const { plan } = prepare(twoLayers('NCHW'), { ...options, ...changes });
    return { plan, probe: new NetworkProbe(plan, nodeRuntime, { signal }) };
  };
  const bytes = (sums: BlockSums) => sums.map(({ data }) => [...data]);

  test('same seed, same bytes, in any order', async () => {
    const [a, b] = [probeOf().probe, probeOf().probe];
    const forwards = [bytes(await a.contribution(0)), bytes(await a.contribution(1))];
    const backwards = [bytes(await b.contribution(1)), bytes(await b.contribution(0))];
    expect(backwards.toReversed()).toEqual(forwards);
    expect(forwards[0]).not.toEqual(forwards[1]);
  });

  test('another seed draws other networks', async () => {
    const [a, b] = [probeOf().probe, probeOf({ seed: 10 }).probe];
    expect(bytes(await a.contribution(0))).not.toEqual(bytes(await b.contribution(0)));
  });

  test('a worker gives the same up to rounding', async () => {
    const { plan, probe } = probeOf();
    const pool = inProcessPool({ contributions }, nodeRuntime);
    const job = pool.begin<number, BlockSums>('contributions', plan);
    const n = probe.basis.size;
    const [theirs, own] = [await job.run(2), await probe.contribution(2)];
    await job.end();
    expectMatrix(lifted(theirs, probe.blocks, n), lifted(own, probe.blocks, n), 1e-12);
  });

  test.each([{}, { probe: 'gradient' as const }])(
    'a signal ends it before its next run, %p',
    async changes => {
      const signal = {
        aborted: true,
        throwIfAborted: (): void => {
          throw new Error('stopped');
        },
      };
      await expect(probeOf(changes, signal).probe.contribution(0)).rejects.toThrow('stopped');
    },
  );
});
