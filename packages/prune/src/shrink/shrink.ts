import {
  inferNode,
  integers,
  nodeLabel,
  operatorOf,
  prune,
  withGraph,
  type Known,
  type Model,
  type Node,
  type Tensor,
  type ValueInfo,
} from '@nads/onnx';
import type { Channel } from '../channels/channel-group.js';
import type { Channels } from '../channels/channel-groups.js';
import { cutTensor } from './cut-tensor.js';
import { Removal } from './removal.js';

/**
 * The network without some of its channels: constants are cut, and what holds their sizes follows.
 * @throws where a value would be left without places, or comes out at other dims than it should, naming it.
 */
export function shrink(channels: Channels, removed: readonly Channel[]): Model {
  const removal = new Removal(channels.inference, removed);
  requireSomeLeft(channels, removal);
  return new Shrinking(channels, removal).run();
}

function requireSomeLeft({ model }: Channels, removal: Removal): void {
  const emptied = removal.emptied();
  if (!emptied) return;
  const [value, axis] = emptied;
  throw new Error(
    `removing all channels along axis ${axis} of '${value}' would empty ${model.graph.name || 'the network'}; keep at least one`,
  );
}

class Shrinking {
  private readonly added = new Map<string, Tensor>();
  private readonly known = new Map<string, Known>();
  private readonly channels: Channels;
  private readonly removal: Removal;

  constructor(channels: Channels, removal: Removal) {
    [this.channels, this.removal] = [channels, removal];
  }

  run(): Model {
    const { model, inputs } = this.channels;
    const { graph } = model;
    const initializers = new Map(
      [...graph.initializers].map(([name, tensor]) => [name, this.cut(name, tensor)] as const),
    );
    for (const { name, type } of graph.inputs)
      this.known.set(name, { type, dims: Object.hasOwn(inputs, name) ? inputs[name] : undefined });
    for (const [name, tensor] of initializers) this.learn(name, tensor);
    const nodes = graph.nodes.map(node => this.visit(node));
    const resize = (info: ValueInfo): ValueInfo => this.resizedInfo(info);
    return prune(
      withGraph(model, {
        nodes,
        initializers: new Map([...initializers, ...this.added]),
        inputs: graph.inputs.map(resize),
        valueInfo: graph.valueInfo.map(resize),
      }),
    );
  }

  private learn(name: string, value: Tensor): void {
    this.known.set(name, { type: value.type, dims: value.dims, value });
  }

  private cut(name: string, tensor: Tensor): Tensor {
    if (!this.removal.touches(name)) return tensor;
    return cutTensor(
      tensor,
      tensor.dims.map((_, axis) => this.removal.kept(name, axis)),
    );
  }

  private visit(node: Node): Node {
    const resized = this.resized(this.withCutConstant(node));
    inferNode(this.channels.model, resized, this.known);
    for (const name of resized.outputs) if (name) this.requireDims(name, node);
    return resized;
  }

  /** A Constant node with its value cut. */
  private withCutConstant(node: Node): Node {
    const [name] = node.outputs;
    const value = this.channels.inference.get(name)?.value;
    if (operatorOf(node)?.storage !== 'Constant' || !value || !this.removal.touches(name))
      return node;
    return {
      ...node,
      attributes: new Map([['value', { type: 'tensor', value: this.cut(name, value) }]]),
    };
  }

  private resized(node: Node): Node {
    const { removal, channels } = this;
    const rule = operatorOf(node)?.resized;
    if (!rule || ![...node.inputs, ...node.outputs].some(name => removal.touches(name)))
      return node;
    return rule({
      before: {
        node,
        inputs: node.inputs.map(name => channels.inference.get(name)),
        opset: channels.model.opsets.get(node.domain) ?? 1,
        inferGraph: () => [],
      },
      inputs: node.inputs.map(name => this.known.get(name)),
      dims: name => channels.inference.get(name)!.dims!,
      kept: (name, axis) => removal.kept(name, axis),
      constant: (values, dims) => this.constant(node, values, dims),
    });
  }

  private constant(node: Node, values: readonly number[], dims?: readonly number[]): string {
    const name = `${node.outputs[0]}/size${this.added.size}`;
    const tensor = integers(values, dims);
    this.added.set(name, tensor);
    this.learn(name, tensor);
    return name;
  }

  private resizedInfo(info: ValueInfo): ValueInfo {
    if (!this.removal.touches(info.name)) return info;
    const gone = this.removal.gone(info.name);
    const dims = info.dims?.map((size, axis) =>
      gone.has(axis) ? this.removal.kept(info.name, axis).length : size,
    );
    return { ...info, dims };
  }

  private requireDims(name: string, node: Node): void {
    const before = this.channels.inference.get(name)?.dims;
    const dims = this.known.get(name)?.dims;
    if (!before) return;
    const wanted = this.removal.keptDims(name);
    if (String(dims) !== String(wanted))
      throw new Error(
        `'${name}' of ${nodeLabel(node)} has dims [${dims}] without the removed channels, expected [${wanted}]; leave that channel group whole`,
      );
  }
}
