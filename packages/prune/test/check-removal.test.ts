import { attributes, node } from '@nads/onnx';
import { float32, type Runtime } from '@nads/runtime';
import { channelGroups, checkRemoval } from '../src/index.js';
import { smallNetwork } from './small-network.js';

const network = smallNetwork(
  [
    node('Flatten', ['x'], ['flat']),
    node('Gemm', ['flat', 'first'], ['a'], attributes({ transB: 1 })),
    node('Gemm', ['a', 'second'], ['y'], attributes({ transB: 1 })),
  ],
  { first: [3, 48], second: [2, 3] },
);
const channels = channelGroups(network, { x: [2, 3, 4, 4] });
const image = float32(new Float32Array(96).fill(1), [2, 3, 4, 4]);

/** A runtime whose runs give these outputs, one after the other. */
function scripted(...outputs: readonly (readonly number[])[]): Runtime {
  const left = [...outputs];
  const session = {
    inputs: ['x'],
    outputs: ['y'],
    run: async () => ({ y: float32(Float32Array.from(left.shift()!), [2]) }),
    release: async () => {},
  };
  return { name: 'scripted', createSession: async () => session };
}

/** Outputs without the channels, with their weights at 0, and these for an image that is rounded otherwise. */
const check = (...outputs: readonly (readonly number[])[]): Promise<number> =>
  checkRemoval(channels, [], network, { x: image }, scripted(...outputs));

test('differences of up to 1e-5 of the largest output are rounding', async () => {
  expect(await check([1, 2], [1, 2])).toBe(0);
  expect(await check([1, 2.000015], [1, 2])).toBeCloseTo(7.5e-6, 7);
});

test('larger ones are where the network magnifies those of its image', async () => {
  expect(await check([1, 2.0001], [1, 2], [1, 2.00001])).toBeCloseTo(5e-5, 6);
  await expect(check([1, 2.0001], [1, 2], [1, 2.000001])).rejects.toThrow(
    /differ .* by 5.0e-5 of the largest, at most 1.5e-5 was expected/,
  );
});

test('but never those of over a thousandth, or outputs that are no numbers', async () => {
  await expect(check([1, 2.01], [1, 2], [1, 3])).rejects.toThrow(/by 5.0e-3 .* at most 1.0e-3/);
  await expect(check([NaN, 2], [1, 2], [1, 2])).rejects.toThrow(/report this model/);
});
