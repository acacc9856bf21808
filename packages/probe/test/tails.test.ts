import { attributes, node } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { NetworkProbe } from '../src/estimator/network-probe.js';
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
} from './reference.js';
import { bodyOf, convolutional, tailOf } from './small-convolution.js';
import { linearLayer, linearWeights, smallModel, uneven } from './small-model.js';

// Convolution, then a tail that is drawn several times: C is the mean over tails, by brute force.

const shape = { image: { channels: 2, height: 3, width: 4 }, strides: [1, 1] as const };
const model = convolutional(shape);

describe.each(['marginalised', 'outputs'] as const)('with the last layer %s', head => {
  test.each([
    [1, 1],
    [3, 1],
    [3, 2],
  ])('C is the mean over %i tails and %i points', async (tails, pointCount) => {
    const options = { tails, pointCount, head, step: 0.7, seed: 5, symmetry: 'none' } as const;
    const { plan } = prepare(model, options);
    expect(plan.tail?.count ?? 1).toBe(tails);
    const probe = new NetworkProbe(plan, nodeRuntime);
    for (const index of [0, 2]) {
      const body = weightsOf(plan.body.draws, plan, index);
      const drawn = Array.from({ length: tails }, (_, i) =>
        plan.tail ? weightsOf(plan.tail.draws, plan, index, 'tail', i) : body,
      );
      const parts = plan.points.flatMap(point =>
        drawn.map(tail => {
          const network = (x: readonly number[]) => {
            const features = tailOf(tail, bodyOf(shape, body, x));
            return head === 'outputs' ? affine(tail, 'last', features) : features;
          };
          const phi = secantsOf(network, rowsOf(probe.basis), [...point], plan.step);
          return headCovariance(phi, plan.head);
        }),
      );
      const c = lifted(await probe.contribution(index), probe.blocks, probe.basis.size);
      expectMatrix(c, meanOf(parts));
    }
  });
});

test('more rows than one run of a tail takes give the same', async () => {
  const wide = { image: { channels: 1, height: 16, width: 17 }, strides: [2, 2] as const };
  const { plan } = prepare(convolutional(wide), { tails: 2, step: 0.7, symmetry: 'none' });
  const probe = new NetworkProbe(plan, nodeRuntime);
  const body = weightsOf(plan.body.draws, plan, 1);
  const parts = [0, 1].map(i => {
    const tail = weightsOf(plan.tail!.draws, plan, 1, 'tail', i);
    const network = (x: readonly number[]) => tailOf(tail, bodyOf(wide, body, x));
    const phi = secantsOf(network, rowsOf(probe.basis), [...plan.points[0]], plan.step);
    return headCovariance(phi, plan.head);
  });
  expectMatrix(lifted(await probe.contribution(1), probe.blocks, 272), meanOf(parts));
});

test('a weight that body and tail have in common stays one weight, so that there is no tail', () => {
  const sketch = (bias: string) =>
    smallModel({
      image: { channels: 1, height: 3, width: 3 },
      nodes: [
        node('Conv', ['x', 'kernel', 'kernel-bias'], ['c'], attributes({ kernel_shape: [2, 2] })),
        node('Flatten', ['c'], ['flat']),
        node('Gemm', ['flat', 'middle', bias], ['m'], attributes({ transB: 1 })),
        node('Relu', ['m'], ['features']),
        linearLayer('features', 'last', 'y'),
      ],
      weights: {
        kernel: uneven(2, 1, 2, 2),
        'kernel-bias': uneven(2),
        ...linearWeights('middle', 2, 8),
        ...linearWeights('last', 2, 2),
      },
    });
  expect(prepare(sketch('middle-bias'), { tails: 3 }).plan.tail?.count).toBe(3);
  expect(prepare(sketch('kernel-bias')).plan.tail).toBeUndefined();
  expect(() => prepare(sketch('kernel-bias'), { tails: 3 })).toThrow(
    '`tails`: no layers after the last convolution',
  );
});

test('as many tails are drawn as balance body and tail, one where the last layer is sampled', () => {
  const { plan } = prepare(model, {});
  // 3·4 places · 2 filters · 2·9 taps against 24·4 weights: √(10 · 432 / 96) = 6.7
  expect(plan.tail?.count).toBe(7);
  expect(prepare(model, { head: 'sampled' }).plan.tail).toBeUndefined();
});
