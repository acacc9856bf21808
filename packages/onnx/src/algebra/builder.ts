import { attributes, type AttributeLike } from '../attribute.js';
import { FreshNames } from '../fresh-names.js';
import { type Attributes, node as makeNode, reads, type Node } from '../graph.js';
import { opsetOf, type Model } from '../model.js';
import type { Application } from '../shapes/application.js';
import type { Lookup } from '../shapes/shape-rule.js';
import { integers, tensorOf, type Tensor } from '../tensor.js';
import { freeAxis } from './free-sizes.js';
import { keyOfNode, keyOfTensor } from './keys.js';
import { isStatic, KnownValues, type Value } from './known-values.js';

export { isStatic, type Dims, type Value } from './known-values.js';

/** Constants up to this many elements are computed here; larger ones are left to the runtime. */
const largestFolded = 1 << 12;

/**
 * A graph that grows: nodes are added behind those that are there, the shapes of their outputs are
 * inferred, small constants are computed, and what is there already is not computed twice.
 */
export class Builder extends KnownValues {
  readonly opset: number;
  private readonly operatorOf: Lookup;
  private readonly nodes: Node[] = [];
  /** Where in `nodes` the one is that computes a value. */
  private readonly positions = new Map<Value, number>();
  private readonly initializers: Map<string, Tensor>;
  private readonly computed = new Map<string, readonly Value[]>();
  private readonly constants = new Map<string, Value>();
  private readonly names = new FreshNames();
  private readonly batch: { readonly input: Value; readonly axis: number } | undefined;
  /** Values of which only the dims count. */
  private readonly varying: ReadonlySet<Value>;
  /** What the names of new nodes begin with. */
  private prefix = 'gradient';

  /**
   * @param model without functions.
   * @param operatorOf looks up the operators of its nodes, and of those that are added.
   * @param variables initializers or outputs of nodes of which only the dims count, since they stand for other values too.
   * @throws where shapes contradict each other, naming the node.
   */
  constructor(model: Model, operatorOf: Lookup, variables: readonly Value[] = []) {
    const { graph } = model;
    super(model, operatorOf);
    this.operatorOf = operatorOf;
    this.opset = opsetOf(model);
    this.initializers = new Map(graph.initializers);
    this.batch = freeAxis(graph.inputs);
    this.varying = new Set(variables);
    for (const { name } of graph.inputs) this.names.reserve(name);
    for (const [name, tensor] of graph.initializers)
      if (!this.varying.has(name)) this.rememberConstant(name, tensor);
      else {
        this.names.reserve(name);
        this.learn(name, tensor);
      }
    for (const node of graph.nodes) this.place(node);
  }

  /** Adds a node as it is. */
  keep(node: Node): void {
    this.place(node);
  }

  /** What some work comes to; the nodes that it adds are named `gradient/NODE/OPERATOR`. */
  onBehalfOf<T>({ name, outputs }: Node, work: () => T): T {
    const before = this.prefix;
    this.prefix = `gradient/${name || outputs[0]}`;
    try {
      return work();
    } finally {
      this.prefix = before;
    }
  }

  /** Gives these names to no new value. */
  reserve(names: Iterable<string>): void {
    for (const name of names) this.names.reserve(name);
  }

  /** A value under a name of its own. */
  named(value: Value, name: string): Value {
    const node = makeNode('Identity', [value], [this.freshName(name)]);
    this.place(node);
    return node.outputs[0];
  }

  /** The nodes so far, each behind those whose outputs it reads. */
  allNodes(): readonly Node[] {
    return [...this.nodes];
  }

  /** The nodes that compute some values from others, each behind those whose outputs it reads. */
  nodesBetween(from: readonly Value[], to: readonly (Value | undefined)[]): readonly Node[] {
    const seen = new Set<Value | undefined>(from);
    const found = new Set<number>();
    const left = [...to];
    while (left.length > 0) {
      const value = left.pop();
      const at = seen.has(value) ? undefined : this.positions.get(value!);
      seen.add(value);
      if (at === undefined) continue;
      found.add(at);
      for (const read of reads(this.nodes[at])) left.push(read);
    }
    return [...found].toSorted((a, b) => a - b).map(at => this.nodes[at]);
  }

  /** Asks for outputs of a node that it did not have to give so far. */
  extend(node: Node, count: number): readonly Value[] {
    const at = this.positions.get(node.outputs[0])!;
    const there = this.nodes[at];
    if (there.outputs.length >= count && there.outputs.slice(0, count).every(Boolean))
      return there.outputs;
    const outputs = Array.from(
      { length: Math.max(count, there.outputs.length) },
      (_, i) => there.outputs[i] || this.freshName(`${node.outputs[0]}/${i}`),
    );
    const extended = { ...there, outputs };
    this.nodes[at] = extended;
    for (const output of outputs) this.positions.set(output, at);
    this.infer(extended);
    return outputs;
  }

  /** What the rules of shapes see of a node that is there. */
  application(node: Node): Application {
    return {
      node,
      inputs: node.inputs.map(name => (name === '' ? undefined : this.example(name))),
      opset: this.model.opsets.get(node.domain) ?? 1,
      inferGraph: () => [],
    };
  }

  /** A constant; the same value has one name. */
  constant(tensor: Tensor, name = 'constant'): Value {
    const there = this.constants.get(keyOfTensor(tensor) ?? '');
    if (there !== undefined) return there;
    const fresh = this.freshName(name);
    this.initializers.set(fresh, tensor);
    this.rememberConstant(fresh, tensor);
    return fresh;
  }

  /** A scalar of the type of another value; of a half-precision type, cast from float32. */
  scalar(x: number, like: Value): Value {
    const type = this.type(like);
    if (type !== 'float16' && type !== 'bfloat16') return this.constant(tensorOf(type, [], [x]));
    const single = this.constant(tensorOf('float32', [], [x]));
    return this.op('Cast', [single], { to: type === 'float16' ? 10 : 16 });
  }

  /** A vector of whole numbers. */
  integers(values: readonly number[]): Value {
    return this.constant(integers(values));
  }

  /** Adds a node with one output and gives its name; an equal one that is there is used again. */
  op(
    operator: string,
    inputs: readonly Value[],
    given: Readonly<Record<string, AttributeLike | undefined>> = {},
    domain = '',
  ): Value {
    return this.ops(operator, inputs, 1, given, domain)[0];
  }

  /** Adds a node with several outputs. */
  ops(
    operator: string,
    inputs: readonly Value[],
    outputs: number,
    given: Readonly<Record<string, AttributeLike | undefined>> = {},
    domain = '',
  ): readonly Value[] {
    return this.append(operator, inputs, outputs, attributes(given), domain);
  }

  /** Adds an input. */
  input(stem: string, like: Value): Value {
    const name = this.freshName(stem);
    this.learnLike(name, like);
    return name;
  }

  /** A name that no value has yet. */
  freshName(stem: string): string {
    return this.names.take(stem);
  }

  /** The dims of a value as a vector: constant where they are, else computed from the batch. */
  shape(value: Value): Value {
    const dims = this.dims(value);
    if (isStatic(dims)) return this.integers(dims);
    const sizes = dims.map((size, axis) =>
      size === undefined ? this.varyingSize(value, axis) : this.integers([size]),
    );
    return this.op('Concat', sizes, { axis: 0 });
  }

  /** All nodes and constants, for the finished model. */
  finish(): { readonly nodes: readonly Node[]; readonly initializers: Map<string, Tensor> } {
    return { nodes: this.nodes, initializers: this.initializers };
  }

  private append(
    operator: string,
    inputs: readonly Value[],
    count: number,
    given: Attributes,
    domain: string,
  ): readonly Value[] {
    const outputs = Array.from({ length: count }, () => '');
    const draft = makeNode(operator, inputs, outputs, given, { name: '', domain });
    const key = this.keyOf(draft);
    const there = key && this.computed.get(key);
    if (there) return there;
    const names = outputs.map(() => this.freshName(`${this.prefix}/${operator}`));
    this.place({ ...draft, name: names[0], outputs: names });
    const results = count === 1 ? [this.folded(names[0])] : names;
    if (key) this.computed.set(key, results);
    return results;
  }

  /** The value, or where it came out as a small constant, that. */
  private folded(value: Value): Value {
    const tensor = this.constantValue(value);
    if (!tensor || tensor.data.length > largestFolded) return value;
    this.nodes.pop();
    return this.constant(tensor);
  }

  private place(node: Node): void {
    this.infer(node);
    for (const output of node.outputs) {
      if (this.varying.has(output)) this.learnLike(output, output);
      this.names.reserve(output);
      this.positions.set(output, this.nodes.length);
    }
    this.nodes.push(node);
    const key = this.keyOf(node);
    if (key) this.computed.set(key, node.outputs);
  }

  /** Nodes of the same key compute the same; undefined where that cannot be told. */
  private keyOf(node: Node): string | undefined {
    return this.operatorOf(node)?.random ? undefined : keyOfNode(node);
  }

  private rememberConstant(name: string, tensor: Tensor): void {
    this.names.reserve(name);
    this.learn(name, tensor, tensor);
    const key = keyOfTensor(tensor);
    if (key) this.constants.set(key, name);
  }

  /** A size that varies with the batch, as a vector of one: a·batch + b. */
  private varyingSize(like: Value, axis: number): Value {
    const { factor, rest } = this.growth(like, axis);
    if (!this.batch || !Number.isInteger(factor))
      throw new Error(`how the shape of '${like}' depends on the batch is not known`);
    const shape = this.op('Shape', [this.batch.input]);
    let size = this.op('Gather', [shape, this.integers([this.batch.axis])]);
    if (factor !== 1) size = this.op('Mul', [size, this.integers([factor])]);
    return rest === 0 ? size : this.op('Add', [size, this.integers([rest])]);
  }
}
