import { expectClose } from '@nads/testing';
import * as fc from 'fast-check';
import { attributes } from '../src/attribute.js';
import { explicitPools } from '../src/explicit-pools.js';
import { differentiate } from '../src/gradient/differentiate.js';
import { node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import type { Model } from '../src/model.js';
import { floats, sizeOf } from '../src/tensor.js';
import { buildModel, normal, run, runFirst } from './build-model.js';
import { space, window } from './gradient/windows.js';

/** A pool whose last window on either axis would begin in the padding at the end. */
const inPadding = { kernel_shape: [2, 2], strides: [2, 2], pads: [1, 1, 1, 1], ceil_mode: 1 };

/** The pool, flattened, and a linear layer with weights for nine elements of each of two channels. */
function classifier(operator: string, opset: number, settings = {}): Model {
  const pool = node(operator, ['x'], ['pooled'], attributes({ ...inPadding, ...settings }));
  const flatten = node('Flatten', ['pooled'], ['flat']);
  const linear = node('Gemm', ['flat', 'w', 'b'], ['y']);
  return buildModel({
    nodes: [pool, flatten, linear],
    inputs: { x: ['N', 2, 5, 5] },
    initializers: { w: normal([18, 3], 2), b: floats([3], [0, 0, 0]) },
    opset,
  });
}

const image = normal([1, 2, 5, 5]);

/** ∂y₀/∂x by central differences of what the runtime makes of the file. */
async function differences(model: Model): Promise<number[]> {
  const data = image.data as Float32Array;
  const step = 1 / 256;
  const at = async (pixel: number, change: number): Promise<number> => {
    const moved = data.slice();
    moved[pixel] += change;
    return (await runFirst(model, { x: floats(image.dims, moved) }))[0];
  };
  const gradient: number[] = [];
  for (let i = 0; i < data.length; i++)
    gradient.push(((await at(i, step)) - (await at(i, -step))) / (2 * step));
  return gradient;
}

test.each([
  ['MaxPool', {}],
  ['AveragePool', {}],
  ['AveragePool', { count_include_pad: 1 }],
])('a model that the runtime runs has a gradient that it runs: %s %j', async (operator, more) => {
  for (const opset of [10, 11, 12]) {
    const model = classifier(operator, opset, more);
    const {
      model: derivative,
      seeds,
      gradients,
    } = differentiate(model, {
      wrt: ['x'],
      keepOutputs: true,
    });
    const results = await run(derivative, { x: image, [seeds[0]]: floats([1, 3], [1, 0, 0]) });
    const found = results[gradients[0]].data as Float32Array;
    expectClose(found, await differences(model), { atol: 1e-3, rtol: 1e-3 });
  }
});

test('after opset 13 the runtime refuses the file but not what it is with stated padding', async () => {
  const expected = await runFirst(classifier('MaxPool', 12), { x: image });
  for (const opset of [13, 17, 21]) {
    const model = classifier('MaxPool', opset);
    await expect(runFirst(model, { x: image })).rejects.toThrow('Dimension mismatch');
    expect(await runFirst(explicitPools(model), { x: image })).toEqual(expected);
  }
});

test('windows beyond the edge are those of before, for every pool', async () => {
  const operators = fc.constantFrom(
    ['MaxPool', 12, {}],
    ['AveragePool', 19, {}],
    ['AveragePool', 19, { count_include_pad: 1 }],
    ['LpPool', 18, {}],
  );
  await fc.assert(
    fc.asyncProperty(operators, space, async ([operator, opset, more], axes) => {
      const slide = window(axes.map(one => (one.dilation > 1 ? { ...one, pads: [0, 0] } : one)));
      const dims = [
        2,
        1,
        ...axes.map(({ kernel, dilation, size }) => Math.max(dilation * (kernel - 1) + 1, size)),
      ];
      const settings = attributes({ ...slide, ceil_mode: 1, ...more });
      const pool = node(operator, ['x'], ['y'], settings);
      const model = buildModel({ nodes: [pool], inputs: { x: dims }, opset });
      const x = floats(
        dims,
        Array.from({ length: sizeOf(dims) }, (_, i) => ((7 * i) % 11) - 4.5),
      );
      const written = explicitPools(model);
      const [before, after] = [await run(model, { x }), await run(written, { x })];
      expect(after.y.dims).toEqual(before.y.dims);
      expect(inferShapes(written).get('y')!.dims).toEqual(before.y.dims);
      expectClose(after.y.data as Float32Array, before.y.data as Float32Array, { atol: 1e-6 });
    }),
    { numRuns: 100, seed: 1 },
  );
});

test('where a size is free, or nothing is rounded up, the node stays', () => {
  const free = classifier('MaxPool', 12);
  const inputs = [{ name: 'x', type: 'float32' as const, dims: ['N', 2, 'H', 'W'] }];
  const [pool] = free.graph.nodes;
  expect(explicitPools({ ...free, graph: { ...free.graph, inputs } }).graph.nodes[0]).toBe(pool);
  const down = classifier('MaxPool', 12, { ceil_mode: 0, pads: [1, 1, 0, 0] });
  expect(explicitPools(down)).toBe(down);
});
