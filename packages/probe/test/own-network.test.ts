import { node, writeModel } from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { gradientModel } from '../src/own-network/gradient-model.js';
import { GradientRunner } from '../src/own-network/gradient-runner.js';
import { ownNetwork } from '../src/own-network/own-network.js';
import { affine, type Vector } from './reference.js';
import { linearLayer, linearWeights, smallModel } from './small-model.js';

// y = softmax(B tanh(A x + a) + b) with the weights in the file.

const image = { channels: 2, height: 2, width: 2 };
const tensors = { ...linearWeights('first', 3, 8), ...linearWeights('last', 2, 3) };
const model = smallModel({
  image,
  nodes: [
    node('Flatten', ['x'], ['flat']),
    linearLayer('flat', 'first', 'z'),
    node('Tanh', ['z'], ['t']),
    linearLayer('t', 'last', 'l'),
    node('Softmax', ['l'], ['y']),
  ],
  weights: tensors,
});
const weights = new Map(
  Object.entries(tensors).map(([name, { data }]) => [name, [...(data as Float32Array)]]),
);

const features = (x: Vector): Vector => affine(weights, 'first', x).map(Math.tanh);
const logits = (x: Vector): Vector => affine(weights, 'last', features(x));
const softmax = (values: Vector): Vector => {
  const powers = values.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / sum);
};
const networks = { features, logits, outputs: (x: Vector) => softmax(logits(x)) };

const x = [0.1, -0.4, 0.3, 0.2, 0, 0.5, -0.2, 0.1];

describe.each(['features', 'logits', 'outputs'] as const)('cut at its %s', of => {
  test('a network gives what it computes there', async () => {
    const { network, output, obstacle } = ownNetwork(model, { layout: 'NCHW', of });
    expect(obstacle).toBeUndefined();
    const session = await nodeRuntime.createSession(writeModel(network));
    const results = await session.run({ x: float32(Float32Array.from(x), [1, 2, 2, 2]) });
    const { data } = results[output];
    expectClose(Float32Array.from(data as Float32Array), networks[of](x), { rtol: 1e-5 });
    await session.release();
  });

  test.each(['NCHW', 'NHWC'] as const)('its gradients are exact for images in %s', async layout => {
    const prepared = gradientModel(model, { layout, of });
    const session = await nodeRuntime.createSession(prepared.model);
    const runner = await GradientRunner.open(session, prepared);
    const outputs = networks[of](x).length;
    const order = layout === 'NCHW' ? [0, 1, 2, 3, 4, 5, 6, 7] : [0, 4, 1, 5, 2, 6, 3, 7];
    const f = (v: Vector): Vector => networks[of](order.map(at => v[at]));
    const seed = Array.from({ length: outputs }, (_, k) => 1 - 2 * k);
    const value = (v: Vector): number => f(v).reduce((sum, y, k) => sum + seed[k] * y, 0);
    const expected = x.map((_, i) => {
      const [plus, minus] = [1e-5, -1e-5].map(h => value(x.map((v, j) => v + (i === j ? h : 0))));
      return (plus - minus) / 2e-5;
    });
    const images = Float32Array.from([...x, ...x]);
    const found = await runner.run(images, Float32Array.from([...seed.map(() => 0), ...seed]));
    expectClose(found.gradients.subarray(0, 8), new Float32Array(8));
    expectClose(found.gradients.subarray(8), expected, { rtol: 1e-4, atol: 1e-6 });
    expectClose(found.outputs.subarray(outputs), f(x), { rtol: 1e-5 });
    await session.release();
  });
});

test('a network without a linear last layer has no features', () => {
  const rectified = smallModel({
    image,
    nodes: [
      node('Flatten', ['x'], ['flat']),
      linearLayer('flat', 'first', 'z'),
      node('Relu', ['z'], ['y']),
    ],
    weights: linearWeights('first', 3, 8),
  });
  expect(() => ownNetwork(rectified, { layout: 'NCHW', of: 'features' })).toThrow(
    "`of`: no features: the last layer is not linear: 'y' (Relu) follows it; use `of` outputs",
  );
});
