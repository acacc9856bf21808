import {
  carrying,
  consumers,
  inferShapes,
  isFloating,
  origins,
  prune,
  withGraph,
  type Graph,
  type Inference,
  type Model,
  type Node,
  type Tensor,
} from '@nads/onnx';

/**
 * The model with constants that can be cut each by itself: what Identity, Reshape and the like make of a constant is an initializer of its
 * own, and so is a vector for every node that reads it. Exporters share equal vectors, as the shifts of two normalisations that are added.
 */
export function separateConstants(model: Model): Model {
  return withOwnVectors(withCarriedConstants(model, inferShapes(model)));
}

function withCarriedConstants(model: Model, inference: Inference): Model {
  const { graph } = model;
  const constants = origins(graph);
  const carried = new Map<string, Tensor>();
  const isCarried = (node: Node): boolean => {
    const [name] = node.outputs;
    const value = inference.get(name)?.value;
    const isInOrder = carrying(node) === 'in order' && constants.has(name);
    if (!isInOrder || !value || !isFloating(value.type)) return false;
    carried.set(name, value);
    return true;
  };
  const nodes = graph.nodes.filter(node => !isCarried(node));
  return prune(
    withGraph(model, { nodes, initializers: new Map([...graph.initializers, ...carried]) }),
  );
}

function withOwnVectors(model: Model): Model {
  const { graph } = model;
  const readers = consumers(graph);
  const copies = new Map<string, Tensor>();
  const nodes = graph.nodes.map(node => ({
    ...node,
    inputs: node.inputs.map(name => {
      const vector = sharedVector(graph, name);
      if (!vector || readers.get(name)![0] === node) return name;
      const own = `${name}/${node.outputs[0]}`;
      copies.set(own, vector);
      return own;
    }),
  }));
  return withGraph(model, { nodes, initializers: new Map([...graph.initializers, ...copies]) });
}

function sharedVector({ initializers }: Graph, name: string): Tensor | undefined {
  const tensor = initializers.get(name);
  const isVector = tensor !== undefined && tensor.dims.length === 1 && tensor.dims[0] > 1;
  return isVector && isFloating(tensor.type) ? tensor : undefined;
}
