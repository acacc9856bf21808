import { floats, node, writeModel, type Node } from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { NotFinite } from '../src/not-finite/not-finite.js';
import { gradientModel } from '../src/own-network/gradient-model.js';
import { openGradients } from '../src/own-network/open-gradients.js';
import { notFiniteNode } from '../src/not-finite/not-finite-node.js';
import { smallModel } from './small-model.js';

const named = (operator: string, inputs: string[], output: string): Node =>
  node(operator, inputs, [output], new Map(), { name: `the-${operator.toLowerCase()}` });

/** √x, then one more and twice that. */
const model = writeModel(
  smallModel({
    image: { channels: 1, height: 1, width: 1 },
    nodes: [
      named('Sqrt', ['x'], 'root'),
      named('Add', ['one', 'root'], 'more'),
      named('Mul', ['more', 'two'], 'y'),
    ],
    weights: { one: floats([], [1]), two: floats([], [2]) },
  }),
);

const images = (...values: number[]) => ({
  x: float32(Float32Array.from(values), [values.length, 1, 1, 1]),
});

const search = (...batches: ReturnType<typeof images>[]) =>
  notFiniteNode(nodeRuntime, model, {}, batches);

test('values that are not finite are followed back to the node where they begin', async () => {
  const found = await search(images(4, -1));
  expect([found?.node.name, found?.value]).toEqual(['the-sqrt', NaN]);
});

test('through the batches, until one shows the node', async () => {
  const found = await search(images(4), images(Infinity), images(-1));
  expect([found?.node.name, found?.value]).toEqual(['the-sqrt', Infinity]);
});

test('where all is finite, or a run fails, no node is named', async () => {
  expect(await search(images(4))).toBeUndefined();
  expect(await search({ x: float32(new Float32Array(2), [2]) })).toBeUndefined();
});

test('the error names the node and its value, else the network', async () => {
  const error = new NotFinite(-Infinity, 'on noise; try another `init`');
  expect(error.message).toBe('the network gives -Infinity on noise; try another `init`');
  expect(error.at(undefined).message).toBe(error.message);
  expect(error.at(await search(images(-1))).message).toBe(
    "node 'the-sqrt' (Sqrt) gives NaN on noise; try another `init`",
  );
});

describe('a gradient that is not finite', () => {
  const logarithms = smallModel({
    image: { channels: 1, height: 1, width: 2 },
    nodes: [
      named('Abs', ['x'], 'size'),
      named('Log', ['size'], 'logs'),
      named('Exp', ['logs'], 'y'),
    ],
  });
  const run = async (values: number[], nameOf?: (i: number) => string): Promise<unknown> => {
    const runner = await openGradients(nodeRuntime, gradientModel(logarithms));
    const data = Float32Array.from(values);
    return runner.run(data, new Float32Array(data.length).fill(1), nameOf);
  };

  test('names the node of the network, the image and its values', async () => {
    await expect(run([1, 2, 3, 0])).rejects.toThrow(
      "the gradient of node 'the-log' (Log) gives Infinity for image 1, whose values are 0 to 3; leave it out, or change it",
    );
    await expect(run([0, 0], () => 'black.png')).rejects.toThrow(
      'for black.png, whose values are all 0',
    );
  });

  test('names the node whose output is not finite, where that is one of the network', async () => {
    await expect(run([1, 2, Infinity, 1])).rejects.toThrow(
      "node 'the-abs' (Abs) gives Infinity for image 1, whose values are 1 to Infinity",
    );
  });
});
