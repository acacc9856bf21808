import { readFileSync, writeFileSync } from 'node:fs';
import {
  attributes,
  node,
  readModel,
  sizeOf,
  withGraph,
  writeModel,
  type Model,
  type Node,
  type Tensor,
} from '@nads/onnx';

/** Tensors up to this many elements stay as they are: in a node they would take as much room. */
const small = 64;

/**
 * The model with its large weights made by ConstantOfShape nodes, so that the file holds the
 * architecture and hardly anything else.
 */
function lighten(model: Model): Model {
  const { initializers, nodes } = model.graph;
  const large = [...initializers].filter(([, tensor]) => isLarge(tensor));
  const kept = [...initializers].filter(([, tensor]) => !isLarge(tensor));
  return withGraph(model, {
    initializers: new Map([...kept, ...large.map(([name, tensor]) => shapeOf(name, tensor))]),
    nodes: [...large.map(([name, tensor]) => fill(name, tensor)), ...nodes],
  });
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

const [from, to] = process.argv.slice(2);
if (!to) {
  console.error('usage: npm run script -- tools/models/lighten.ts IN.onnx OUT.onnx');
  process.exit(2);
}
writeFileSync(to, writeModel(lighten(readModel(readFileSync(from), from))));
