import type { LabelledImages } from '@nads/dataset';
import { floats, withGraph, writeModel, type Tensor } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import {
  freshModel,
  measures,
  measuresFiles,
  measuresText,
  sourceModel,
  type SourceModel,
} from '../src/index.js';

const sizes = { channels: 1, height: 8, width: 8, classes: 3 };
const environment = { runtime: nodeRuntime };

/** A model with some initializers of other values. */
function changed(
  { name, model }: SourceModel,
  change: (name: string, tensor: Tensor) => number[] | undefined,
): SourceModel {
  const initializers = new Map(
    [...model.graph.initializers].map(([key, tensor]) => {
      const values = change(key, tensor);
      return [key, values ? floats(tensor.dims, values) : tensor];
    }),
  );
  return sourceModel(name, writeModel(withGraph(model, { initializers })));
}

/** One grey picture, brighter from left to right. */
const images: LabelledImages = {
  count: 1,
  image: () => ({
    dims: [1, 8, 8],
    data: Float32Array.from({ length: 64 }, (_, i) => (i % 8) / 8),
  }),
  nameOf: () => 'slope',
};

test('the spectrum of a matrix, by hand', async () => {
  const fresh = await freshModel('nsl-static', sizes);
  // a rotation of places 0 and 1 by a right angle, times 3
  const source = changed(fresh, (name, { data }) => {
    if (name !== 'conv1.1.measure') return undefined;
    const matrix = Array.from(data as Float32Array);
    [matrix[0], matrix[1], matrix[9], matrix[10]] = [0, -3, 3, 0];
    return matrix;
  });
  const found = await measures(source, undefined, {}, environment);
  expect(found.fixed.map(({ title, kind, kernel }) => [title, kind, kernel])).toEqual([
    ['conv1.1', 'unconstrained', 3],
    ['conv2.1', 'unconstrained', 3],
  ]);
  expectClose(found.fixed[0].spectrum, [3, 3, 1, 1, 1, 1, 1, 1, 1], { rtol: 1e-6 });
  expectClose(found.fixed[1].spectrum, Array<number>(9).fill(1), { rtol: 1e-6 });
  const names = measuresFiles(found).map(([name]) => name);
  expect(names).toEqual([
    'measures.json',
    'spectrum.svg',
    'kernel-shapes.svg',
    'kernel-shapes.png',
  ]);
  expect(measuresText(found)[0]).toBe(
    'conv1.1: unconstrained, 3×3, singular values from 3.000 to 1.000',
  );
});

test('measures over an image are 1 + what the predictor ends with', async () => {
  const fresh = await freshModel('nsl-dynamic', sizes);
  const constant = changed(fresh, (name, { data }) => {
    if (name === 'conv1.1.bn2.bias') return Array.from({ length: 9 }, (_, k) => k / 10);
    return name === 'conv1.1.bn2.weight' ? Array<number>(data.length).fill(0) : undefined;
  });
  const { dynamic, dynamicLayers, fixed } = await measures(constant, images, {}, environment);
  expect(fixed).toEqual([]);
  expect(dynamicLayers).toEqual(['conv1.1', 'conv2.1']);
  const [{ diagonals, height, width }] = dynamic;
  expect([height, width]).toEqual([8, 8]);
  expectClose(
    diagonals,
    Array.from({ length: 9 * 64 }, (_, i) => 1 + Math.floor(i / 64) / 10),
    { rtol: 1e-6 },
  );
});

test('a network that compares by inner products is refused', async () => {
  const source = await freshModel('lenet', { ...sizes, height: 32, width: 32 });
  await expect(measures(source, undefined, {}, environment)).rejects.toThrow(
    'lenet.onnx: it has no learnt measures',
  );
});
