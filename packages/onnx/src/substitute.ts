import type { Attribute, Attributes, Graph, Node } from './graph.js';

/** A node with the graphs in its attributes changed. */
export function mapGraphs(node: Node, change: (graph: Graph) => Graph): Node {
  const attributes = new Map(
    [...node.attributes].map(([name, attribute]) => [name, mapGraph(attribute, change)]),
  );
  return { ...node, attributes };
}

function mapGraph(attribute: Attribute, change: (graph: Graph) => Graph): Attribute {
  if (attribute.type === 'graph') return { type: 'graph', value: change(attribute.value) };
  if (attribute.type === 'graphs') return { type: 'graphs', value: attribute.value.map(change) };
  return attribute;
}

/**
 * A node of a function's body as it stands at a call: values renamed, references to the function's
 * attributes replaced by what the call gives (left out where it gives nothing), in subgraphs as well.
 */
export function substitute(node: Node, rename: (name: string) => string, given: Attributes): Node {
  const renamed = mapGraphs(node, graph => substituteGraph(graph, rename, given));
  const resolved = [...renamed.attributes].flatMap(([name, attribute]) => {
    const value = attribute.type === 'reference' ? given.get(attribute.value) : attribute;
    return value ? [[name, value] as const] : [];
  });
  return {
    ...renamed,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
    attributes: new Map(resolved),
  };
}

function substituteGraph(graph: Graph, rename: (name: string) => string, given: Attributes): Graph {
  const renameInfo = <T extends { readonly name: string }>(info: T): T => ({
    ...info,
    name: rename(info.name),
  });
  return {
    ...graph,
    nodes: graph.nodes.map(node => substitute(node, rename, given)),
    inputs: graph.inputs.map(renameInfo),
    outputs: graph.outputs.map(renameInfo),
    initializers: new Map([...graph.initializers].map(([name, value]) => [rename(name), value])),
    valueInfo: graph.valueInfo.map(renameInfo),
  };
}
