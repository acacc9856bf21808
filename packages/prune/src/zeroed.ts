import {
  floats,
  getTensor,
  numbersOf,
  operatorOf,
  sizeOf,
  weights,
  withGraph,
  type Inference,
  type Model,
  type Tensor,
} from '@nads/onnx';
import type { Channel } from './channels/channel-group.js';
import type { Channels } from './channels/channel-groups.js';
import { Removal } from './shrink/removal.js';

/** The network with the weights of some channels at 0, which gives the same as without these channels. */
export function zeroed({ model, inference }: Channels, removed: readonly Channel[]): Model {
  const removal = new Removal(inference, removed);
  const found = weights(model.graph, inference).filter(({ role }) => role !== 'variance');
  const zeros = new Map<string, Tensor>();
  for (const { origin } of found) {
    const value = inference.get(origin.name)?.value ?? filled(model, inference, origin.name);
    if (value && removal.touches(origin.name))
      zeros.set(origin.name, withZeros(value, removal, origin.name));
  }
  return withGraph(model, {
    initializers: new Map([...model.graph.initializers, ...zeros]),
    nodes: model.graph.nodes.filter(({ outputs: [name] }) => !zeros.has(name)),
  });
}

/** The output of a node that fills a tensor with one number, which is not computed beforehand where it is large. */
function filled({ graph }: Model, inference: Inference, name: string): Tensor | undefined {
  const node = graph.nodes.find(({ outputs: [output] }) => output === name);
  const dims = inference.get(name)?.dims;
  if (!node || !dims || operatorOf(node)?.storage !== 'ConstantOfShape') return undefined;
  const [number = 0] = numbersOf(getTensor(node, 'value') ?? floats([1], [0]));
  return { type: 'float32', dims, data: new Float32Array(sizeOf(dims)).fill(number) };
}

function withZeros(tensor: Tensor, removal: Removal, name: string): Tensor {
  const data = (tensor.data as Float32Array).slice();
  for (const [axis, places] of removal.gone(name)) {
    const inner = tensor.dims.slice(axis + 1).reduce((a, b) => a * b, 1);
    const outer = tensor.dims.slice(0, axis).reduce((a, b) => a * b, 1);
    for (let i = 0; i < outer; i++)
      for (const place of places) {
        const start = (i * tensor.dims[axis] + place) * inner;
        data.fill(0, start, start + inner);
      }
  }
  return { ...tensor, data };
}
