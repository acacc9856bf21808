import { subgraphs, type Node } from './graph.js';
import { requireWithin } from './limits.js';
import type { FunctionDefinition } from './model.js';

/** The function that a node calls, if it calls one. */
type CalledBy = (node: Node) => FunctionDefinition | undefined;

/**
 * Asserts, before any call is replaced, that calls of functions stand for no more than there may be: functions that call the
 * next one twice stand for 2ⁿ nodes.
 * @throws for more, and for functions that call themselves.
 */
export function requireExpansion(nodes: readonly Node[], calledBy: CalledBy): void {
  const { size } = new Extents(calledBy).ofNodes(nodes, []);
  requireExtent(size);
}

/** @throws for more nodes and operands than calls of functions may stand for */
export const requireExtent = (size: number): void =>
  requireWithin('expansion', size, 'the calls of its functions stand for nodes and operands:');

/** Nodes and operands that a node comes to by itself. */
export const ownExtent = ({ inputs, outputs }: Node): number => 1 + inputs.length + outputs.length;

/** How much nodes stand for. */
interface Extent {
  /** Nodes and operands. */
  readonly size: number;
  /** Calls inside each other. */
  readonly depth: number;
}

/** Looks at every function once, however often it is called. */
class Extents {
  private readonly calledBy: CalledBy;
  private readonly known = new Map<FunctionDefinition, Extent>();

  constructor(calledBy: CalledBy) {
    this.calledBy = calledBy;
  }

  /** @param path the functions that led to these nodes. */
  ofNodes(nodes: readonly Node[], path: readonly FunctionDefinition[]): Extent {
    const total = { size: 0, depth: 0 };
    for (const node of nodes)
      for (const { size, depth } of this.ofNode(node, path)) {
        total.size += size;
        total.depth = Math.max(total.depth, depth);
      }
    return total;
  }

  private ofNode(node: Node, path: readonly FunctionDefinition[]): Extent[] {
    const own = { size: ownExtent(node), depth: 0 };
    const called = this.calledBy(node);
    if (called) return [own, this.ofCall(called, path)];
    return [own, ...subgraphs(node).map(graph => this.ofNodes(graph.nodes, path))];
  }

  private ofCall(called: FunctionDefinition, path: readonly FunctionDefinition[]): Extent {
    const steps = [...path, called];
    if (path.includes(called))
      throw new Error(
        `onnx: function '${called.name}' calls itself (${steps.map(f => f.name).join(' → ')})`,
      );
    requireNesting(steps.length);
    const inner = this.known.get(called) ?? this.ofNodes(called.nodes, steps);
    this.known.set(called, inner);
    requireNesting(steps.length + inner.depth);
    return { size: inner.size, depth: inner.depth + 1 };
  }
}

/** @throws for functions that call each other too deep */
export const requireNesting = (depth: number): void =>
  requireWithin('nesting', depth, 'its functions call each other to a depth of');
