import { carrying } from './carrying.js';
import type { Graph, Node } from './graph.js';
import type { Operator } from './operator.js';
import { operatorOf } from './operators/registry.js';
import type { Tensor } from './tensor.js';

/** Where a constant lives in the file. */
export type Storage =
  'initializer' | 'initializer listed as input' | NonNullable<Operator['storage']>;

/** The constant behind a value. */
export interface Origin {
  /** Name of the initializer, or of the output of the node that holds the constant. */
  readonly name: string;
  readonly storage: Storage;
  /** Operators that the constant passes on its way: Identity, Reshape, Transpose … */
  readonly through: readonly string[];
}

/** The constants that each value of a graph stands for; values that are computed have no entry. */
export function origins(graph: Graph): ReadonlyMap<string, Origin> {
  const listed = new Set(graph.inputs.map(input => input.name));
  const found = new Map<string, Origin>();
  for (const name of graph.initializers.keys())
    found.set(name, {
      name,
      storage: listed.has(name) ? 'initializer listed as input' : 'initializer',
      through: [],
    });
  for (const node of graph.nodes) {
    const origin = originOf(node, found);
    if (origin) found.set(node.outputs[0], origin);
  }
  return found;
}

function originOf(node: Node, found: ReadonlyMap<string, Origin>): Origin | undefined {
  if (!node.inputs.every(input => input === '' || found.has(input))) return undefined;
  const storage = operatorOf(node)?.storage;
  if (storage) return { name: node.outputs[0], storage, through: [] };
  const before = carrying(node) && found.get(node.inputs[0]);
  return before && new Carried(before, node.operator);
}

/** A constant that has passed one more operator; the list of them is made when it is asked for. */
class Carried implements Origin {
  readonly name: string;
  readonly storage: Storage;
  private readonly before: Origin;
  private readonly operator: string;

  constructor(before: Origin, operator: string) {
    this.name = before.name;
    this.storage = before.storage;
    this.before = before;
    this.operator = operator;
  }

  get through(): readonly string[] {
    const passed = [this.operator];
    let { before } = this;
    for (; before instanceof Carried; before = before.before) passed.push(before.operator);
    return passed.toReversed();
  }
}

/** Whether all elements of a tensor are the same number. */
export function isUniform(tensor: Tensor): boolean {
  const { data } = tensor;
  for (let i = 1; i < data.length; i++) if (data[i] !== data[0]) return false;
  return true;
}
