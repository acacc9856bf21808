import { Tensor } from 'onnxruntime-node';
import { Random } from '@nads/linalg';
import {
  feeds,
  node as nodeOf,
  parseInit,
  reads,
  withFreshWeights,
  withGraph,
  writeModel,
  type Graph,
  type Model,
} from '@nads/onnx';
import type { Floats } from './read-floats.ts';
import { runModel, type RuntimeTensors } from './run-model.ts';

/** Layers whose second input is their weights. */
const layers = new Set(['Conv', 'ConvTranspose', 'Gemm', 'MatMul']);

/** Names of the layers whose weights, as the runtime computes them from constants, are those of the file in a network with fresh ones. */
export async function keptOperands(model: Model, points: Floats): Promise<string[]> {
  const fresh = withFreshWeights(model, parseInit('pytorch'), new Random(1));
  const [before, after] = [await operands(model, points), await operands(fresh, points)];
  return Object.keys(before).filter(name => isSame(before[name], after[name]));
}

/** What the layers multiply what depends on the image with, by layer. */
function operands(model: Model, points: Floats): Promise<RuntimeTensors> {
  const found = constantOperands(model.graph);
  const probed = withGraph(model, {
    nodes: [
      ...model.graph.nodes,
      ...found.map(([layer, name]) => nodeOf('Identity', [name], [layer])),
    ],
    outputs: found.map(([name]) => ({ name, type: 'float32' as const })),
  });
  const [{ name }] = feeds(model.graph);
  const input = new Tensor('float32', Float32Array.from(points.data), points.shape);
  return runModel(writeModel(probed), { [name]: input });
}

function constantOperands(graph: Graph): [layer: string, operand: string][] {
  const changing = new Set(feeds(graph).map(({ name }) => name));
  for (const node of graph.nodes)
    if (reads(node).some(name => changing.has(name)))
      node.outputs.forEach(name => changing.add(name));
  return graph.nodes
    .filter(({ operator, inputs }) => layers.has(operator) && !changing.has(inputs[1]))
    .map(({ outputs, inputs }) => [`operand of ${outputs[0]}`, inputs[1]]);
}

const isSame = (a: Tensor, b: Tensor): boolean => String(a.data) === String(b.data);
