import { floats, node, writeModel, type Node } from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { NotFinite } from '../src/not-finite/not-finite.js';
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
