import * as tf from '@tensorflow/tfjs-core';
import {
  input,
  model,
  models,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { Random } from '@nads/linalg';
import { floats, writeModel, type Model, type Tensor } from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { fromOnnx, toOnnx } from '../src/index.js';
import {
  convolution,
  dynamicSimilarity,
  similarityConvolution,
  type Measure,
} from '../src/layers/index.js';
import { MeasuredConvolution } from '../src/layers/measured-convolution.js';
import { chooseBackend } from '../src/node/index.js';
import { comparedByLoops } from './compared-by-loops.js';

beforeAll(async () => {
  await chooseBackend('wasm');
});

const [count, channels, height, width, filters] = [2, 3, 7, 6, 4];
const imageDims = [count, channels, height, width];

function noise(dims: readonly number[], seed: string): Float32Array {
  const data = new Float32Array(dims.reduce((a, b) => a * b, 1));
  new Random(seed).fillNormal(data, 0, 0.5);
  return data;
}

const images = noise([count * channels * height * width], 'images');

const built = (layer: (x: SymbolicTensor) => SymbolicTensor): LayersModel => {
  const x = input({ shape: imageDims.slice(1), name: 'x' });
  return model({ inputs: x, outputs: layer(x) });
};

/** All weights drawn anew but for those that a function gives. */
function withWeights(
  layers: LayersModel,
  given: (name: string, dims: readonly number[]) => Float32Array | undefined = () => undefined,
): ReadonlyMap<string, Tensor> {
  const weights = new Map(
    [...toOnnx(layers).graph.initializers]
      .filter(([, { type }]) => type === 'float32')
      .map(([name, { dims }]) => {
        const spread = noise(dims, name);
        const drawn = name.endsWith('running_var') ? spread.map(x => 1 + x * x) : spread;
        return [name, floats(dims, given(name, dims) ?? drawn)] as const;
      }),
  );
  fromOnnx(layers, weights);
  return weights;
}

const predicted = (layers: LayersModel): Float32Array =>
  (layers.predict(tf.tensor(images, imageDims)) as tf.Tensor).dataSync<'float32'>();

async function run(onnx: Model): Promise<Float32Array> {
  const session = await nodeRuntime.createSession(writeModel(onnx));
  const { logits } = await session.run({ x: float32(images, imageDims) });
  await session.release();
  return logits.data as Float32Array;
}

const kinds = ['diagonal', 'unconstrained'] as const;
const sizes = [
  [3, 1],
  [3, 2],
  [5, 2],
] as const;
const all = kinds.flatMap(measure => sizes.map(window => [measure, ...window] as const));

describe.each([false, true])('a static measure, for each channel: %s', perChannel => {
  test.each(all)('%s, %i×… with stride %i', async (measure, kernel, stride) => {
    const layers = built(x =>
      similarityConvolution(x, 's', filters, kernel, { measure, stride, perChannel }),
    );
    const weights = withWeights(layers);
    const { data } = weights.get(measure === 'diagonal' ? 's.diagonal_measure' : 's.measure')!;
    const places = kernel ** 2;
    const windows = { images, imageDims, filters, kernel, stride };
    const expected = comparedByLoops(
      weights.get('s.weight')!.data as Float32Array,
      windows,
      (_, c) => {
        const from = perChannel ? c : 0;
        return (i, j) => {
          if (measure === 'diagonal') return i === j ? Number(data[from * places + i]) : 0;
          return Number(data[(from * places + i) * places + j]);
        };
      },
    );
    expectClose(predicted(layers), expected, { rtol: 1e-4, atol: 1e-5 });
    expectClose(await run(toOnnx(layers)), expected, { rtol: 1e-4, atol: 1e-5 });
  });
});

test.each(all)('a measure for each pixel: %s, %i×… with stride %i', (measure, kernel, stride) => {
  const settings = { filters, kernel, stride, padding: kernel >> 1, measure };
  const [rows, columns] = [height, width].map(size => Math.floor((size - 1) / stride) + 1);
  const places = kernel ** 2;
  const depth = measure === 'diagonal' ? places : places ** 2;
  const given = noise([count, depth, rows, columns], 'measure');
  const layer = new MeasuredConvolution({ name: 's', settings });
  const dims = [count, depth, rows, columns];
  const weight = noise([kernel, kernel, channels, filters], 'weight');
  const apply = () =>
    layer.apply([tf.tensor(images, imageDims), tf.tensor(given, dims)]) as tf.Tensor;
  apply();
  layer.setWeights([tf.tensor(weight, [kernel, kernel, channels, filters])]);
  const ordered = Array.from({ length: weight.length }, (_, at) => {
    const [o, c, i] = [
      Math.floor(at / places / channels),
      Math.floor(at / places) % channels,
      at % places,
    ];
    return weight[(i * channels + c) * filters + o];
  });
  const windows = { images, imageDims, filters, kernel, stride };
  const expected = comparedByLoops(ordered, windows, (n, _, row, column) => {
    const at = (k: number) => given[((n * depth + k) * rows + row) * columns + column];
    return (i, j) =>
      (i === j ? 1 : 0) + (measure === 'unconstrained' ? at(i * places + j) : i === j ? at(i) : 0);
  });
  expectClose(apply().dataSync<'float32'>(), expected, { rtol: 1e-4, atol: 1e-5 });
});

const dynamics = [
  { measure: 'diagonal' },
  { measure: 'diagonal', sphere: true },
  { measure: 'unconstrained' },
] as const;

test.each(dynamics.flatMap(options => sizes.map(window => [options, ...window] as const)))(
  'a dynamic measure gives the same in ONNX: %o, %i×… with stride %i',
  async (options, kernel, stride) => {
    const layers = built(x =>
      dynamicSimilarity(x, 's', filters, kernel, { ...options, stride, hidden: 5 }),
    );
    withWeights(layers);
    expectClose(await run(toOnnx(layers)), predicted(layers), { rtol: 1e-4, atol: 1e-5 });
  },
);

test('with m₂ = 0, and with a measure that was not trained, it is the plain convolution', () => {
  const drawn = (layers: LayersModel): Float32Array => {
    withWeights(layers, (name, dims) => {
      if (name === 's.weight') return noise([filters, channels, 3, 3], 'weight');
      if (/\.(m2\.weight|bn2\.bias|bn2\.running_mean)$/.test(name))
        return noise(dims, name).fill(0);
      return name.endsWith('measure') ? plain(layers) : undefined;
    });
    return predicted(layers);
  };
  const plain = (layers: LayersModel): Float32Array =>
    layers.getLayer('s').getWeights()[1].dataSync<'float32'>();
  const expected = drawn(
    built(x => convolution(x, 's', filters, 3, { padding: 1, stride: 2, bias: false })),
  );
  for (const options of dynamics)
    expectClose(
      drawn(built(x => dynamicSimilarity(x, 's', filters, 3, { ...options, stride: 2 }))),
      expected,
      { rtol: 1e-5, atol: 1e-6 },
    );
  for (const measure of kinds)
    for (const perChannel of [false, true]) {
      const options: Measure = { measure, perChannel };
      const layer = built(x =>
        similarityConvolution(x, 's', filters, 3, { ...options, stride: 2 }),
      );
      expectClose(drawn(layer), expected, { rtol: 1e-5, atol: 1e-6 });
    }
});

test('gradients by the image and by all weights agree with differences', () => {
  for (const options of [...dynamics, ...kinds.map(measure => ({ measure, isStatic: true }))]) {
    const layers = built(x =>
      'isStatic' in options
        ? similarityConvolution(x, 's', filters, 3, { measure: options.measure, stride: 2 })
        : dynamicSimilarity(x, 's', filters, 3, { ...options, stride: 2, hidden: 5 }),
    );
    withWeights(layers);
    const variables = layers.trainableWeights.map(weight => weight.read() as tf.Variable);
    const image = tf.variable(tf.tensor(images, imageDims));
    const loss = (): tf.Scalar => {
      const y = layers.apply(image) as tf.Tensor;
      return tf.sum(tf.mul(y, tf.tensor(noise(y.shape, 'cotangent'), y.shape)));
    };
    const { grads } = tf.variableGrads(loss, [image, ...variables]);
    for (const [i, variable] of [image, ...variables].entries()) {
      const start = variable.dataSync<'float32'>().slice();
      const direction = noise(variable.shape, `direction ${i}`);
      const at = (step: number): number => {
        variable.assign(
          tf.tensor(
            start.map((x, k) => x + step * direction[k]),
            variable.shape,
          ),
        );
        return loss().dataSync()[0];
      };
      const difference = (at(0.001) - at(-0.001)) / 0.002;
      at(0);
      const gradient = grads[variable.name].dataSync<'float32'>();
      const found = gradient.reduce((sum, g, k) => sum + g * direction[k], 0);
      expectClose([found], [difference], { rtol: 2e-2, atol: 2e-2 });
    }
  }
});

test('layers are the same after they were written as JSON', async () => {
  for (const layers of [
    built(x =>
      similarityConvolution(x, 's', filters, 3, { measure: 'diagonal', perChannel: true }),
    ),
    built(x => dynamicSimilarity(x, 's', filters, 3, { measure: 'diagonal', sphere: true })),
  ]) {
    const weights = withWeights(layers);
    const modelTopology = layers.toJSON(undefined, false);
    const again = await models.modelFromJSON({ modelTopology });
    fromOnnx(again, weights);
    expectClose(predicted(again), predicted(layers));
  }
});
