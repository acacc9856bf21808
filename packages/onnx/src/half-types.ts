import { typeAttributes } from './convert-floats.js';
import { codeOf, type DataType } from './data-type.js';
import type { Attribute, Graph, Node } from './graph.js';
import type { Model } from './model.js';

/** The floating-point types of half precision. */
export const halfTypes: ReadonlySet<DataType> = new Set(['float16', 'bfloat16']);

/** The types of half precision that a model has inputs, outputs, constants or casts of. */
export function halfTypesOf({ graph, functions }: Model): readonly DataType[] {
  const inside = functions.flatMap(({ nodes }) => nodes.flatMap(typesOfNode));
  const found = new Set([...typesOfGraph(graph), ...inside]);
  return [...halfTypes].filter(type => found.has(type));
}

const typesOfGraph = (graph: Graph): (DataType | undefined)[] => [
  ...[...graph.inputs, ...graph.outputs, ...graph.initializers.values()].map(({ type }) => type),
  ...graph.nodes.flatMap(typesOfNode),
];

const typesOfNode = (node: Node): (DataType | undefined)[] =>
  [...node.attributes].flatMap(([name, attribute]) => typesOfAttribute(name, attribute));

function typesOfAttribute(name: string, attribute: Attribute): (DataType | undefined)[] {
  switch (attribute.type) {
    case 'tensor':
      return [attribute.value.type];
    case 'tensors':
      return attribute.value.map(({ type }) => type);
    case 'graph':
      return typesOfGraph(attribute.value);
    case 'graphs':
      return attribute.value.flatMap(typesOfGraph);
    case 'int':
      return typeAttributes.has(name) ? [typeOfCode(attribute.value)] : [];
    default:
      return [];
  }
}

const typeOfCode = (code: bigint): DataType | undefined =>
  [...halfTypes].find(type => BigInt(codeOf(type)) === code);
