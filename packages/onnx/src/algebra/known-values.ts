import { isFloating, type DataType } from '../data-type.js';
import { subgraphs, type Node } from '../graph.js';
import { withGraph, type Model } from '../model.js';
import { inferring, type InferNode } from '../shapes/inferring.js';
import type { Known } from '../shapes/known.js';
import type { Lookup } from '../shapes/shape-rule.js';
import type { Tensor } from '../tensor.js';
import { startAt } from './free-sizes.js';
import { keyOfTensor } from './keys.js';

/** Name of a value of a graph. */
export type Value = string;

/** Sizes of an array; undefined where one varies with the batch. */
export type Dims = readonly (number | undefined)[];

/** Whether no size varies. */
export const isStatic = (dims: Dims): dims is readonly number[] =>
  dims.every(size => size !== undefined);

/** Two sizes that stand for a free one: what differs between them varies with it. */
const freeSizes = [2, 3] as const;

/**
 * What is known of the values of a graph before it runs: element types, dims, constants. Shapes are inferred for
 * two batch sizes side by side; what is the same in both does not depend on the batch.
 */
export class KnownValues {
  /** The model without its nodes. */
  protected readonly model: Model;
  /** What is known where free sizes are small, and where they are larger. */
  private readonly known: readonly [Map<Value, Known>, Map<Value, Known>];
  private readonly inferNode: InferNode;

  /** Knows the inputs of a model. */
  constructor(model: Model, operatorOf: Lookup) {
    this.model = withGraph(model, { nodes: [] });
    this.inferNode = inferring(operatorOf);
    const [small, large] = freeSizes.map(size => startAt(model.graph, size));
    this.known = [small, large];
  }

  /** Whether there is a value of this name. */
  knows(value: Value): boolean {
    return this.known[0].has(value);
  }

  /** Element type of a value. @throws where it is not known. */
  type(value: Value): DataType {
    const type = this.known[0].get(value)?.type;
    if (!type) throw new Error(`the element type of '${value}' is not known`);
    return type;
  }

  /** Whether a gradient may flow through a value: its elements are not integers, or of unknown type. */
  mayVary(value: Value): boolean {
    const type = this.known[0].get(value)?.type;
    return type === undefined || isFloating(type);
  }

  /** Dims of a value. @throws where they depend on data or on an operator without shape rule. */
  dims(value: Value): Dims {
    const [small, large] = this.known.map(known => known.get(value)?.dims);
    if (!small || !large || small.length !== large.length)
      throw new Error(`the shape of '${value}' is not known before running`);
    return small.map((size, axis) => (size === large[axis] ? size : undefined));
  }

  /** Whether a value has no elements, whatever the batch. */
  isEmpty(value: Value): boolean {
    return this.known.every(known => known.get(value)?.dims?.includes(0));
  }

  /** Size of an axis. @throws where it varies with the batch. */
  size(value: Value, axis: number): number {
    const size = this.dims(value)[axis];
    if (size === undefined)
      throw new Error(`axis ${axis} of '${value}' varies with the batch; fix the batch`);
    return size;
  }

  /** Sizes of all axes behind batch and channels. @throws where one varies with the batch. */
  space(value: Value): number[] {
    return this.dims(value)
      .slice(2)
      .map((_, i) => this.size(value, i + 2));
  }

  /** Whether an axis of one value has the same size as an axis of another, whatever the batch. */
  sameSize(a: Value, axisOfA: number, b: Value, axisOfB: number): boolean {
    return this.known.every(
      known => known.get(a)?.dims?.[axisOfA] === known.get(b)?.dims?.[axisOfB],
    );
  }

  /** Whether two values have the same dims, whatever the batch. */
  sameDims(a: Value, b: Value): boolean {
    const [rank, other] = [this.dims(a).length, this.dims(b).length];
    return rank === other && this.dims(a).every((_, axis) => this.sameSize(a, axis, b, axis));
  }

  /** The value itself where it is constant whatever the batch. */
  constantValue(value: Value): Tensor | undefined {
    const [small, large] = this.known.map(known => known.get(value)?.value);
    if (!small || !large) return undefined;
    const key = keyOfTensor(small);
    const same = small === large || (key !== undefined && key === keyOfTensor(large));
    return same ? small : undefined;
  }

  /** What is known of a value where free sizes are small. */
  protected example(value: Value): Known | undefined {
    return this.known[0].get(value);
  }

  /** What does not depend on free sizes is inferred once. */
  protected infer(node: Node): void {
    const [small, large] = this.known;
    const fixed = node.inputs.every(input => small.get(input) === large.get(input));
    this.inferNode(this.model, node, small);
    if (fixed && subgraphs(node).length === 0)
      for (const output of node.outputs) large.set(output, small.get(output) ?? {});
    else this.inferNode(this.model, node, large);
  }

  /** Learns of a constant, or of a value of its type and dims that takes its place. */
  protected learn(name: Value, { type, dims }: Tensor, value?: Tensor): void {
    const learnt = { type, dims, ...(value && { value }) };
    for (const known of this.known) known.set(name, learnt);
  }

  /** Learns of a value that has the type and the dims of another. */
  protected learnLike(name: Value, like: Value): void {
    for (const known of this.known) {
      const { type, dims } = known.get(like)!;
      known.set(name, { type, dims });
    }
  }

  /** How the size of an axis grows with the free size: factor · size + rest. */
  protected growth(value: Value, axis: number): { readonly factor: number; readonly rest: number } {
    const [small, large] = this.known.map(known => known.get(value)!.dims![axis]);
    const factor = (large - small) / (freeSizes[1] - freeSizes[0]);
    return { factor, rest: small - factor * freeSizes[0] };
  }
}
