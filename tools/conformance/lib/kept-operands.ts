import type { Tensor } from 'onnxruntime-node';
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
import { runModel, type RuntimeTensors } from './run-model.ts';

/** Layers whose second input is their weights. */
const layers = new Set(['Conv', 'ConvTranspose', 'Gemm', 'MatMul']);

/**
 * Layers whose weights, as the runtime computes them from constants, are those of the file in a network with fresh ones.
 * @param given values of the model's inputs
 * @returns names of the layers, or of their outputs where they have none
 */
export async function keptOperands(model: Model, given: RuntimeTensors): Promise<string[]> {
  const fresh = withFreshWeights(model, parseInit('pytorch'), new Random(1));
  const [before, after] = [await operands(model, given), await operands(fresh, given)];
  return Object.keys(before).filter(name => isIdentical(before[name], after[name]));
}

/** What the layers multiply what depends on the image with, by layer. */
async function operands(model: Model, given: RuntimeTensors): Promise<RuntimeTensors> {
  const found = constantOperands(model.graph);
  const copies = found.map(([, name], i) => nodeOf('Identity', [name], [`operand ${i}`]));
  const probed = withGraph(model, {
    nodes: [...model.graph.nodes, ...copies],
    outputs: copies.map(({ outputs: [name] }) => ({ name, type: 'float32' as const })),
  });
  const values = await runModel(writeModel(probed), given);
  return Object.fromEntries(found.map(([layer], i) => [layer, values[`operand ${i}`]]));
}

function constantOperands(graph: Graph): [layer: string, operand: string][] {
  const changing = new Set(feeds(graph).map(({ name }) => name));
  for (const node of graph.nodes)
    if (reads(node).some(name => changing.has(name)))
      node.outputs.forEach(name => changing.add(name));
  return graph.nodes
    .filter(({ operator, inputs }) => layers.has(operator) && !changing.has(inputs[1]))
    .map(({ name, outputs, inputs }) => [name || outputs[0], inputs[1]]);
}

/** Whether two tensors of the runtime hold the same bytes. */
const isIdentical = (a: Tensor, b: Tensor): boolean => bytesOf(a).equals(bytesOf(b));

function bytesOf({ data }: Tensor): Buffer {
  const { buffer, byteOffset, byteLength } = data as Float32Array;
  return Buffer.from(buffer, byteOffset, byteLength);
}
