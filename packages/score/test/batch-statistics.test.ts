import { floats, node, writeModel } from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { scoredNetwork } from '../src/index.js';
import { smallModel } from './small-model.js';

const model = smallModel(
  [node('BatchNormalization', ['x', 'scale', 'shift', 'mean', 'variance'], ['y'])],
  {
    scale: floats([2], [2, 1]),
    shift: floats([2], [1, 0]),
    mean: floats([2], [5, 0]),
    variance: floats([2], [4, 1]),
  },
  { channels: 2 },
);
// the first channel has mean 2 and variance 5 over both images, the second is constant
const images = Float32Array.from([-1, 1, 3, 5, 7, 7, 7, 7, -1, 1, 3, 5, 7, 7, 7, 7]);

async function outputsOf(batchNorm: 'training' | 'evaluation'): Promise<Float32Array> {
  const { network, image, output } = scoredNetwork(model, { batch: 2, batchNorm });
  const session = await nodeRuntime.createSession(writeModel(network));
  const results = await session.run({ [image.name]: float32(images, [2, 2, 2, 2]) });
  return (results[output].data as Float32Array).slice(0, 8);
}

test('in training statistics are those of the batch, the variance divided by all of its numbers', async () => {
  const normalised = (x: number): number => 1 + (2 * (x - 2)) / Math.sqrt(5);
  expectClose(await outputsOf('training'), [...[-1, 1, 3, 5].map(normalised), 0, 0, 0, 0], {
    rtol: 1e-4,
    atol: 1e-5,
  });
});

test('in evaluation they are those on file', async () => {
  const normalised = (x: number): number => 1 + (2 * (x - 5)) / 2;
  expectClose(await outputsOf('evaluation'), [...[-1, 1, 3, 5].map(normalised), 7, 7, 7, 7], {
    rtol: 1e-4,
  });
});
