import type { Dimension, Graph } from '../graph.js';
import type { Tensor } from '../tensor.js';
import type { Known } from './known.js';

/** What is known before the first node: inputs and constants. */
export function inferenceStart(
  graph: Graph,
  inputs: Readonly<Record<string, readonly number[]>>,
): Map<string, Known> {
  const known = new Map<string, Known>();
  for (const { name, type, dims } of graph.inputs) {
    const given = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    known.set(name, { type, dims: given ?? complete(dims) });
  }
  for (const [name, tensor] of graph.initializers) known.set(name, constantOf(tensor));
  return known;
}

/** What is known of a constant. */
export const constantOf = (value: Tensor): Known => ({ type: value.type, dims: value.dims, value });

const complete = (dims?: readonly Dimension[]): readonly number[] | undefined =>
  dims?.every(isSize) ? dims : undefined;

// some exporters write −1 for a free size
const isSize = (size: unknown): size is number => typeof size === 'number' && size >= 0;
