import { carrying } from './carrying.js';
import type { Leaf, Path, Unclear } from './constant-path.js';
import { isFloating } from './data-type.js';
import { reads, type Graph, type Node } from './graph.js';
import {
  throughParts,
  throughFirst,
  type PathRule,
  type PathSurroundings,
} from './layers/path-rule.js';
import { operatorOf } from './operators/registry.js';
import { isUniform, origins, type Origin } from './origin.js';
import type { Inference } from './shapes/known.js';
import { getInt } from './attribute.js';
import { numbersOf, sizeOf, type Tensor } from './tensor.js';
import { nodeLabel } from './node-label.js';

/** Nodes that are looked at for one weight, at most, and those that stand one behind the other. */
const mostNodes = 10_000;
const mostDeep = 1000;

/** Values that are looked at for all weights of a graph, at most, where it is asked what a value is computed from. */
const mostLooks = 5_000_000;

/** The values of a graph that do not depend on its inputs, and what they are computed from. */
export class ConstantPaths {
  private readonly origins: ReadonlyMap<string, Origin>;
  private readonly inference: Inference;
  /** Nodes whose outputs are computed from constants alone, by output. */
  private readonly computing = new Map<string, Node>();
  /** Sizes of values that depend on the inputs, and what is computed from such. */
  private readonly sized = new Set<string>();
  private readonly looks: Budget = { left: mostLooks };

  constructor(graph: Graph, inference: Inference) {
    this.origins = origins(graph);
    this.inference = inference;
    for (const node of graph.nodes) this.sort(node);
  }

  private sort(node: Node): void {
    const isComputed = this.isComputedFromConstants(node);
    if (isComputed) for (const output of node.outputs) this.computing.set(output, node);
    const isSized = isComputed
      ? reads(node).some(name => this.sized.has(name))
      : operatorOf(node)?.ofDims;
    if (isSized) for (const output of node.outputs) this.sized.add(output);
  }

  /** Whether a value is a constant or computed from constants, and from the sizes of others. */
  isFixed = (name: string): boolean =>
    this.origins.has(name) || this.computing.has(name) || this.sized.has(name);

  /** Whether a value is computed from constants, and from nothing else; whole numbers as fractions are. */
  isComputed = (name: string): boolean =>
    this.computing.has(name) &&
    !this.sized.has(name) &&
    (!this.origins.has(name) ||
      isFloating(this.inference.get(name)?.type) !==
        isFloating(this.inference.get(this.origins.get(name)!.name)?.type));

  /** The constant that a value holds, as it is or rearranged; undefined where it is computed. */
  originOf = (name: string): Origin | undefined => this.origins.get(name);

  /** The constants behind a value that is computed from constants: which hold the weight, and which are kept. */
  trace(name: string): Path | Unclear {
    const walk: Walk = { kept: new Map(), left: mostNodes, isRearranged: true };
    try {
      const leaves = this.leavesOf(name, [], walk);
      for (const { origin } of leaves) walk.kept.delete(origin.name);
      return { leaves, kept: [...walk.kept.values()], isRearranged: walk.isRearranged };
    } catch (error) {
      if (error instanceof NotClear) return { obstacle: error.message };
      throw error;
    }
  }

  private isComputedFromConstants(node: Node): boolean {
    const { random, storage } = operatorOf(node) ?? {};
    if (random || storage) return false;
    const read = reads(node);
    return read.length > 0 && read.every(this.isFixed);
  }

  private leavesOf(name: string, through: readonly string[], walk: Walk): Leaf[] {
    const origin = this.origins.get(name);
    if (origin) return [this.leaf(origin, through)];
    const node = this.computing.get(name);
    if (!node) throw new NotClear(`'${name}' holds sizes of other values`);
    spend(walk);
    if (through.length >= mostDeep) throw new NotClear(tooMany(mostDeep));
    const inputs = this.weightInputs(node);
    walk.isRearranged &&= rearranging.has(ruleOf(node));
    const held = new Set(inputs);
    node.inputs.forEach((input, i) => {
      if (input && !held.has(i)) this.keepAll(input, walk);
    });
    const leaves = inputs.map(i =>
      this.leavesOf(node.inputs[i], [node.operator, ...through], walk),
    );
    return this.isLowRank(node, inputs) ? this.withFactors(node, leaves) : leaves.flat();
  }

  /** A constant that is drawn. @throws NotClear for whole numbers: those of quantised weights mean something else without their scales. */
  private leaf(origin: Origin, through: readonly string[]): Leaf {
    const type = this.inference.get(origin.name)?.type;
    if (type && !isFloating(type))
      throw new NotClear(`'${origin.name}' holds whole numbers (${type}), as quantised weights do`);
    return { origin, through: [...origin.through, ...through] };
  }

  private weightInputs(node: Node): readonly number[] {
    const found =
      ruleOf(node)?.(node, this.surroundings) ?? 'it is not known which input holds the weight';
    if (typeof found === 'string') throw new NotClear(`${nodeLabel(node)}: ${found}`);
    return found;
  }

  private isLowRank = (node: Node, inputs: readonly number[]): boolean =>
    operatorOf(node)?.layer === 'linear' && inputs[0] === 0 && inputs[1] === 1;

  /** The leaves of both factors with the sizes of the product; those of a term that is added as they are. */
  private withFactors(node: Node, [left, right, term = []]: readonly Leaf[][]): Leaf[] {
    const [rows, columns] = this.dims(node.outputs[0]).slice(-2);
    const inner = this.dims(node.inputs[0]).at(getInt(node, 'transA', 0) ? -2 : -1)!;
    const sizes = { rows, inner, columns };
    return [
      ...left.map(leaf => ({ ...leaf, factor: { side: 'left', ...sizes } as const })),
      ...right.map(leaf => ({ ...leaf, factor: { side: 'right', ...sizes } as const })),
      ...term,
    ];
  }

  /** Constants behind a value that stays as it is, without single numbers and settings. */
  private keepAll(name: string, walk: Walk): void {
    for (const leaf of this.constantsOf(this.valuesBehind(name, walk)))
      if (this.isKept(leaf)) walk.kept.set(leaf, this.origins.get(leaf)!);
  }

  /** Lists of dims, axes and places are settings of the nodes that read them. */
  private isKept(constant: string): boolean {
    const { type, dims = [] } = this.inference.get(constant) ?? {};
    const isList = (type === 'int64' || type === 'int32') && dims.length < 2;
    return sizeOf(dims) > 1 && !isList;
  }

  /** Names of the constants that a value is computed from; its own name where too many nodes compute it. */
  constantsBehind(name: string): ReadonlySet<string> {
    try {
      return this.constantsOf(this.valuesBehind(name));
    } catch (error) {
      if (error instanceof NotClear) return new Set([name]);
      throw error;
    }
  }

  private constantsOf(values: ReadonlySet<string>): Set<string> {
    const found = [...values].map(one => this.origins.get(one)?.name);
    return new Set(found.filter(one => one !== undefined));
  }

  /** A value and all that it is computed from, up to constants. */
  private valuesBehind(name: string, budget: Budget = this.looks): Set<string> {
    const [seen, left] = [new Set<string>(), [name]];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (this.origins.has(next)) continue;
      spend(budget);
      const node = this.computing.get(next);
      if (node) for (const before of reads(node)) left.push(before);
    }
    return seen;
  }

  private readonly surroundings: PathSurroundings = {
    dims: name => this.dims(name),
    isComputedFrom: (name, from) => this.valuesBehind(name).has(from),
    isRelated: (a, b) =>
      haveCommon(this.constantsOf(this.valuesBehind(a)), this.constantsOf(this.valuesBehind(b))),
    areUnrelated: names => this.areUnrelated(names),
    isMask: name => this.isMask(name),
    isUniform: name => this.isUniform(name),
    isFloating: name => isFloating(this.inference.get(name)?.type),
    distinct: name => this.distinct(name),
  };

  /** Elements of a value, each counted once that Expand or Tile repeats. */
  private distinct(name: string): number {
    let source = name;
    for (;;) {
      const node = this.computing.get(this.beforeRearranged(source));
      if (node?.operator !== 'Expand' && node?.operator !== 'Tile')
        return sizeOf(this.dims(source));
      [source] = node.inputs;
    }
  }

  private areUnrelated(names: readonly string[]): boolean {
    const seen = new Set<string>();
    return names.every(name => {
      const constants = this.constantsOf(this.valuesBehind(name));
      const isApart = !haveCommon(constants, seen);
      for (const one of constants) seen.add(one);
      return isApart;
    });
  }

  private isMask(name: string): boolean {
    const source = this.beforeRearranged(name);
    if (this.inference.get(source)?.type === 'bool') return true;
    const tensor = this.valueOf(source);
    return tensor !== undefined && isOfZerosAndOnes(tensor);
  }

  /** Zeros, or more than one number that are all equal. */
  private isUniform(name: string): boolean {
    const tensor = this.valueOf(name);
    if (!tensor) return this.origins.get(name)?.storage === 'ConstantOfShape';
    return isUniform(tensor) && (tensor.data.length > 1 || Number(tensor.data[0]) === 0);
  }

  private valueOf = (name: string): Tensor | undefined =>
    this.inference.get(this.origins.get(name)?.name ?? name)?.value;

  /** The value that Cast, Reshape and their like carry to this one. */
  private beforeRearranged(name: string): string {
    let source = name;
    while (!this.origins.has(source)) {
      const node = this.computing.get(source);
      if (!node || !carrying(node)) return source;
      [source] = node.inputs;
      spend(this.looks);
    }
    return this.origins.get(source)!.name;
  }

  private dims = (name: string): readonly number[] => this.inference.get(name)?.dims ?? [];
}

class NotClear extends Error {}

/** How many nodes may still be looked at. */
interface Budget {
  left: number;
}

/** What is collected on the way from a weight to its leaves. */
interface Walk extends Budget {
  readonly kept: Map<string, Origin>;
  isRearranged: boolean;
}

function spend(budget: Budget): void {
  if (budget.left-- <= 0) throw new NotClear(tooMany(mostNodes));
}

function ruleOf(node: Node): PathRule | undefined {
  return carrying(node) ? throughFirst : operatorOf(node)?.path;
}

/** Rules of operators that do not compute. */
const rearranging: ReadonlySet<PathRule | undefined> = new Set([throughFirst, throughParts]);

const tooMany = (nodes: number): string => `it is computed by more than ${nodes} nodes`;

/** Whether something is left by a mask: a weight that begins with zeros is none. */
function isOfZerosAndOnes(tensor: Tensor): boolean {
  const numbers = numbersOf(tensor);
  return numbers.some(x => x === 1) && numbers.every(x => x === 0 || x === 1);
}

const haveCommon = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  [...a].some(name => b.has(name));
