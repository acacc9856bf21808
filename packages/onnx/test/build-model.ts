import { Random } from '@nads/linalg';
import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import type { Dimension, Graph, Node } from '../src/graph.js';
import type { Model } from '../src/model.js';
import { floats, sizeOf, type Tensor } from '../src/tensor.js';
import { writeModel } from '../src/write-model.js';

/** What a test says of a model; the rest is usual. */
export interface Sketch {
  nodes: readonly Node[];
  /** Dims of float32 inputs by name. */
  inputs?: Record<string, readonly Dimension[]>;
  /** The last node's first output unless said otherwise. */
  outputs?: readonly string[];
  initializers?: Record<string, Tensor>;
  opset?: number;
  graph?: Partial<Graph>;
  model?: Partial<Model>;
}

/** A model of float32 values. */
export function buildModel(sketch: Sketch): Model {
  const { nodes, inputs = { x: [1, 1, 8, 8] }, initializers = {}, opset = 13 } = sketch;
  const outputs = sketch.outputs ?? [nodes.at(-1)!.outputs[0]];
  return {
    irVersion: 8,
    opsets: new Map([['', opset]]),
    producer: { name: 'test', version: '1' },
    functions: [],
    ...sketch.model,
    graph: {
      name: 'graph',
      nodes,
      inputs: Object.entries(inputs).map(([name, dims]) => ({ name, type: 'float32', dims })),
      outputs: outputs.map(name => ({ name, type: 'float32' })),
      initializers: new Map(Object.entries(initializers)),
      valueInfo: [],
      ...sketch.graph,
    },
  };
}

/** A tensor of standard normal numbers. */
export function normal(dims: readonly number[], seed: number | string = 1): Tensor {
  const data = new Float32Array(sizeOf(dims));
  new Random(seed).fillNormal(data, 0, 1);
  return floats(dims, data);
}

/** Outputs that onnxruntime computes, by name. */
export async function run(
  model: Model,
  feeds: Record<string, Tensor>,
): Promise<Record<string, RuntimeTensor>> {
  const session = await InferenceSession.create(writeModel(model), {
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
  });
  const results = await session.run(
    Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, toRuntime(tensor)])),
  );
  await session.release();
  return results;
}

/** The elements of the first output that onnxruntime computes. */
export async function runFirst(model: Model, feeds: Record<string, Tensor>): Promise<Float32Array> {
  const results = await run(model, feeds);
  return results[model.graph.outputs[0].name].data as Float32Array;
}

const toRuntime = ({ dims, data }: Tensor): RuntimeTensor =>
  new RuntimeTensor('float32', data as Float32Array, dims);
