import { pixelsOf, type ImageShape } from '@nads/basis';
import { Random } from '@nads/linalg';
import {
  attributes,
  differentiate,
  floats,
  inferShapes,
  node,
  parameters,
  parseInit,
  sizeOf,
  withFreshWeights,
  withGraph,
  withVariables,
  writeModel,
  type Model,
} from '@nads/onnx';
import { float32, type Values } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';

/** Two linear layers of one output, with or without a ReLU between, with fresh weights. */
export function twoLayers(image: ImageShape, hidden: number, relu: boolean, seed: number): Model {
  const { channels, height, width } = image;
  const layer = (from: string, name: string, to: string) =>
    node('Gemm', [from, `${name}.weight`, `${name}.bias`], [to], attributes({ transB: 1 }));
  const zeros = (...dims: number[]) => floats(dims, new Float32Array(sizeOf(dims)));
  const model: Model = {
    irVersion: 8,
    opsets: new Map([['', 13]]),
    producer: { name: 'nads', version: '' },
    functions: [],
    graph: {
      name: 'two layers',
      nodes: [
        node('Flatten', ['x'], ['flat']),
        layer('flat', 'fc1', 'hidden'),
        ...(relu ? [node('Relu', ['hidden'], ['active'])] : []),
        layer(relu ? 'active' : 'hidden', 'fc2', 'y'),
      ],
      inputs: [{ name: 'x', type: 'float32', dims: ['N', channels, height, width] }],
      outputs: [{ name: 'y', type: 'float32', dims: ['N', 1] }],
      initializers: new Map([
        ['fc1.weight', zeros(hidden, pixelsOf(image))],
        ['fc1.bias', zeros(hidden)],
        ['fc2.weight', zeros(1, hidden)],
        ['fc2.bias', zeros(1)],
      ]),
      valueInfo: [],
    },
  };
  return withFreshWeights(model, parseInit('pytorch'), new Random(seed));
}

/** Images as a model takes them, and what it should say of them. */
export interface Examples {
  readonly image: ImageShape;
  /** [n × C·H·W] */
  readonly images: Float32Array;
  /** 0 or 1 for each. */
  readonly targets: readonly number[];
}

/** How a network learns. */
export interface Learning {
  readonly epochs: number;
  readonly rate: number;
  readonly batch: number;
  readonly seed: number;
}

/**
 * The model after SGD with momentum 0.9 on the squared error, and its accuracy, outputs above ½ counting as 1.
 * @throws where it diverges.
 */
export async function learnt(
  model: Model,
  examples: Examples,
  { epochs, rate, batch, seed }: Learning,
): Promise<{ readonly model: Model; readonly accuracy: number }> {
  const network = await TrainedNetwork.open(model, examples);
  const count = examples.targets.length;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = new Random(seed).fork('order').fork(epoch).permutation(count);
    for (let first = 0; first < count; first += batch)
      await network.step(order.subarray(first, first + batch), rate);
  }
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  const outputs = await network.outputs(all);
  if (!outputs.every(Number.isFinite))
    throw new Error(`training diverged at a rate of ${rate}; choose a smaller one`);
  const right = examples.targets.filter((y, i) => Number(outputs[i] > 0.5) === y).length;
  return { model: network.model(model), accuracy: right / count };
}

/** A network whose weights are fed. */
class TrainedNetwork {
  private readonly examples: Examples;
  private readonly run: (derivative: boolean, feeds: Values) => Promise<Values>;
  private readonly weights: Map<string, { dims: readonly number[]; data: Float32Array }>;
  private readonly speed: Map<string, Float32Array>;

  static async open(model: Model, examples: Examples): Promise<TrainedNetwork> {
    const names = parameters(model.graph, inferShapes(model));
    const { model: variable, values } = withVariables(model, names);
    const derivative = differentiate(variable, { wrt: names });
    const [forward, backward] = [
      await nodeRuntime.createSession(writeModel(variable)),
      await nodeRuntime.createSession(writeModel(derivative.model)),
    ];
    const weights = [...values].map(
      ([name, { dims, data }]) =>
        [name, { dims, data: Float32Array.from(data as Float32Array) }] as const,
    );
    const run = (back: boolean, feeds: Values) => (back ? backward : forward).run(feeds);
    return new TrainedNetwork(examples, run, new Map(weights));
  }

  private constructor(
    examples: Examples,
    run: TrainedNetwork['run'],
    weights: TrainedNetwork['weights'],
  ) {
    this.examples = examples;
    this.run = run;
    this.weights = weights;
    this.speed = new Map(
      [...weights].map(([name, { data }]) => [name, new Float32Array(data.length)]),
    );
  }

  async outputs(indices: Uint32Array): Promise<Float32Array> {
    const { y } = await this.run(false, this.feeds(indices));
    return y.data as Float32Array;
  }

  async step(indices: Uint32Array, rate: number): Promise<void> {
    const outputs = await this.outputs(indices);
    const seed = outputs.map(
      (f, i) => (2 * (f - this.examples.targets[indices[i]])) / indices.length,
    );
    const feeds = { ...this.feeds(indices), 'seed/y': float32(seed, [indices.length, 1]) };
    const gradients = await this.run(true, feeds);
    for (const [name, { data }] of this.weights) {
      const slope = gradients[`gradient/${name}`].data as Float32Array;
      const speed = this.speed.get(name)!;
      for (let i = 0; i < data.length; i++) {
        speed[i] = 0.9 * speed[i] + slope[i];
        data[i] -= rate * speed[i];
      }
    }
  }

  /** The model with the weights that it has now. */
  model(model: Model): Model {
    const own = [...this.weights].map(
      ([name, { dims, data }]) => [name, floats(dims, data)] as const,
    );
    return withGraph(model, { initializers: new Map([...model.graph.initializers, ...own]) });
  }

  private feeds(indices: Uint32Array): Values {
    const { image, images } = this.examples;
    const { channels, height, width } = image;
    const pixels = pixelsOf(image);
    const x = new Float32Array(indices.length * pixels);
    indices.forEach((at, i) => x.set(images.subarray(at * pixels, (at + 1) * pixels), i * pixels));
    const weights = [...this.weights].map(
      ([name, { dims, data }]) => [name, float32(data, dims)] as const,
    );
    return {
      x: float32(x, [indices.length, channels, height, width]),
      ...Object.fromEntries(weights),
    };
  }
}
