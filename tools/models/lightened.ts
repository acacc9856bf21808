import {
  architecture,
  attributes,
  inferShapes,
  node,
  readConstants,
  sizeOf,
  withGraph,
  type Model,
  type Node,
  type Tensor,
} from '@nads/onnx';

/** Tensors up to this many elements stay as they are: in a node they would take as much room. */
const small = 64;

/**
 * The model with its large weights made by ConstantOfShape nodes, so that the file holds the
 * architecture and hardly anything else. What is never drawn anew keeps its elements, and so do embeddings, which are drawn like the file's.
 */
export function lightened(model: Model): Model {
  const { initializers, nodes } = model.graph;
  const needed = neededAsTheyAre(model);
  const isWeight = ([name, tensor]: [string, Tensor]): boolean =>
    isLarge(tensor) && !needed.has(name);
  const large = [...initializers].filter(isWeight);
  const kept = [...initializers].filter(entry => !isWeight(entry));
  return withGraph(model, {
    initializers: new Map([...kept, ...large.map(([name, tensor]) => shapeOf(name, tensor))]),
    nodes: [...large.map(([name, tensor]) => fill(name, tensor)), ...nodes],
  });
}

/** Names of constants that fresh weights leave as they are, or are drawn like. */
function neededAsTheyAre(model: Model): ReadonlySet<string> {
  const inference = inferShapes(model);
  const { kept } = architecture(model, inference);
  const embeddings = readConstants(model.graph, inference).weights.filter(
    ({ kind }) => kind === 'embedding',
  );
  return new Set([
    ...kept.flatMap(({ constants }) => constants),
    ...embeddings.map(({ origin }) => origin.name),
  ]);
}

const isLarge = ({ type, dims }: Tensor): boolean => type === 'float32' && sizeOf(dims) > small;

const shapeName = (name: string): string => `${name}_shape`;

const shapeOf = (name: string, { dims }: Tensor): [string, Tensor] => [
  shapeName(name),
  { type: 'int64', dims: [dims.length], data: BigInt64Array.from(dims, BigInt) },
];

function fill(name: string, tensor: Tensor): Node {
  const value: Tensor = {
    type: 'float32',
    dims: [1],
    data: Float32Array.of(representative(tensor)),
  };
  const filled = attributes({ value: { type: 'tensor', value } });
  return node('ConstantOfShape', [shapeName(name)], [name], filled, { name: `${name}_fill` });
}

/** The value that all elements have; else what makes each output of a layer the mean of its inputs. */
function representative({ dims, data: elements }: Tensor): number {
  const data = elements as Float32Array;
  if (data.every(x => x === data[0])) return data[0];
  return dims.length === 1 ? 0 : dims[0] / data.length;
}
