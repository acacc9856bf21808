import { attributes } from './attribute.js';
import { FreshNames, valueNames } from './fresh-names.js';
import { node as makeNode, type Node } from './graph.js';
import { withGraph, type Model } from './model.js';
import { operatorOf } from './operators/registry.js';

/**
 * The same model with kernels that a Pad computes handed on by a Concat of one part: onnxruntime (1.30) takes a Pad in front of
 * a convolution for padding of its images, whichever input it feeds, and leaves a graph without the kernel ("Invalid model").
 */
export function unfusedPads(model: Model): Model {
  const { nodes } = model.graph;
  const padded = new Set<string>();
  for (const { operator, inputs, outputs } of nodes)
    if (operator === 'Pad' || (operator === 'Identity' && padded.has(inputs[0])))
      padded.add(outputs[0]);
  const isKernel = (node: Node, input: number): boolean =>
    input > 0 && padded.has(node.inputs[input]) && operatorOf(node)?.layer === 'convolution';
  if (!nodes.some(node => node.inputs.some((_, input) => isKernel(node, input)))) return model;
  const names = new FreshNames(valueNames(model.graph));
  const apart = (node: Node): Node[] => {
    const handed: Node[] = [];
    const inputs = node.inputs.map((name, input) => {
      if (!isKernel(node, input)) return name;
      const own = names.take(`${name}/whole`);
      handed.push(makeNode('Concat', [name], [own], attributes({ axis: 0 })));
      return own;
    });
    return [...handed, { ...node, inputs }];
  };
  return withGraph(model, { nodes: nodes.flatMap(apart) });
}
