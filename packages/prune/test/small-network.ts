import { Random } from '@nads/linalg';
import { floats, sizeOf, writeModel, type Model, type Node, type Tensor } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';

/** A model from x [2, 3, 4, 4], or other dims, to the last node's output; `weights` are dims, drawn, or tensors. */
export function smallNetwork(
  nodes: readonly Node[],
  weights: Readonly<Record<string, readonly number[] | Tensor>>,
  { dims = [2, 3, 4, 4], opset = 13 }: { dims?: readonly number[]; opset?: number } = {},
): Model {
  const random = new Random(1);
  const drawn = Object.entries(weights).map(([name, weight]) => {
    if ('type' in weight) return [name, weight] as const;
    const data = new Float32Array(sizeOf(weight));
    random.fillNormal(data, 0, 1);
    // variances among them must be positive
    return [name, floats(weight, name.endsWith('variance') ? data.map(Math.abs) : data)] as const;
  });
  return {
    irVersion: 8,
    opsets: new Map([['', opset]]),
    producer: { name: 'test', version: '1' },
    functions: [],
    graph: {
      name: 'small',
      nodes,
      inputs: [{ name: 'x', type: 'float32', dims }],
      outputs: [{ name: nodes.at(-1)!.outputs[0], type: 'float32' }],
      initializers: new Map(drawn),
      valueInfo: [],
    },
  };
}

/** The first output for one standard normal input of these dims. */
export async function outputOf(model: Model): Promise<Float32Array> {
  const [{ name, dims }] = model.graph.inputs;
  const data = new Float32Array(sizeOf(dims as readonly number[]));
  new Random(2).fillNormal(data, 0, 1);
  const session = await nodeRuntime.createSession(writeModel(model));
  try {
    const input = { type: 'float32' as const, data, dims: dims as readonly number[] };
    const found = await session.run({ [name]: input });
    return found[model.graph.outputs[0].name].data as Float32Array;
  } finally {
    await session.release();
  }
}
