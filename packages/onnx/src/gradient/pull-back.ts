import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import type { Derivation } from '../formulas/derivation.js';
import { reads, type Node } from '../graph.js';
import { operatorOf } from '../operators/registry.js';
import { noRule, NoGradient } from './no-gradient.js';
import { nodeLabel } from '../node-label.js';

/**
 * Reverse mode: ∂s/∂x for each wanted value x, where s = Σ dy · y over values y with given gradients.
 * Where one wanted value is computed from another, the derivative is the total one, through both.
 * @param dy gradients of s by value; each of its value's dims.
 * @returns one for each wanted value; undefined where s does not depend on it.
 * @throws NoGradient at a node on the way without a rule, naming it.
 */
export function pullBack(
  g: Algebra,
  dy: ReadonlyMap<Value, Value>,
  wanted: readonly Value[],
): readonly (Value | undefined)[] {
  return pullBackThrough(g, dy, wanted, dependentNodes(g, wanted));
}

function pullBackThrough(
  g: Algebra,
  dy: ReadonlyMap<Value, Value>,
  wanted: readonly Value[],
  { nodes, dependent }: DependentNodes,
): readonly (Value | undefined)[] {
  const terms = new Map<Value, Value[]>();
  const add = (value: Value, gradient: Value): void => {
    const list = terms.get(value);
    if (list) list.push(gradient);
    else terms.set(value, [gradient]);
  };
  for (const [value, gradient] of dy) add(value, gradient);
  for (const node of nodes.toReversed()) {
    const outer = node.outputs.map(output => sumOf(g, terms.get(output)));
    if (outer.every(gradient => gradient === undefined || g.isEmpty(gradient))) continue;
    const inner = gradientsOf(g, node, outer, dependent);
    inner.forEach((gradient, i) => gradient && add(node.inputs[i], gradient));
  }
  return wanted.map(value => sumOf(g, terms.get(value)));
}

/** The sum of what the readers of a value give it; undefined where there are none. */
const sumOf = (g: Algebra, terms?: readonly Value[]): Value | undefined => terms && g.sum(terms);

/** Values that depend on some others, and the nodes that compute them, in order. */
export interface DependentNodes {
  readonly nodes: readonly Node[];
  readonly dependent: ReadonlySet<Value>;
}

/** The values that depend on some others through numbers that are not whole, and the nodes that compute them. */
export const dependentNodes = (g: Algebra, on: readonly Value[]): DependentNodes =>
  dependentAmong(g, g.allNodes(), on);

function dependentAmong(g: Algebra, among: readonly Node[], on: readonly Value[]): DependentNodes {
  const dependent = new Set<Value>(on);
  const nodes = among.filter(node => {
    if (!reads(node).some(input => dependent.has(input))) return false;
    const floating = node.outputs.filter(output => output !== '' && g.mayVary(output));
    for (const output of floating) dependent.add(output);
    return floating.length > 0;
  });
  return { nodes, dependent };
}

/** Gradients of a node's inputs that depend on what is wanted. */
function gradientsOf(
  g: Algebra,
  node: Node,
  dy: readonly (Value | undefined)[],
  dependent: ReadonlySet<Value>,
): readonly (Value | undefined)[] {
  const derivation: Derivation = { node, inputs: node.inputs, outputs: node.outputs, g };
  try {
    return g.onBehalfOf(
      node,
      () => byRule(derivation, dy, dependent) ?? byParts(derivation, dy, dependent),
    );
  } catch (error) {
    if (error instanceof NoGradient) throw error;
    throw new NoGradient(`${nodeLabel(node)}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function byRule(
  derivation: Derivation,
  dy: readonly (Value | undefined)[],
  dependent: ReadonlySet<Value>,
) {
  const rules = operatorOf(derivation.node)?.gradient?.(derivation, dy);
  return rules && derivation.inputs.map((x, i) => (dependent.has(x) ? rules[i]?.() : undefined));
}

function byParts(
  derivation: Derivation,
  dy: readonly (Value | undefined)[],
  dependent: ReadonlySet<Value>,
) {
  const { node, inputs, g } = derivation;
  const parts = operatorOf(node)?.decompose?.(derivation);
  if (!parts) throw noRule(node);
  const ofParts = new Map<Value, Value>();
  parts.forEach((part, i) => {
    const gradient = dy[i];
    if (part !== undefined && gradient !== undefined) ofParts.set(part, gradient);
  });
  const wanted = [...new Set(inputs.filter(input => dependent.has(input)))];
  const between = g.nodesBetween(inputs, parts);
  const found = pullBackThrough(g, ofParts, wanted, dependentAmong(g, between, wanted));
  return inputs.map((input, i) =>
    inputs.indexOf(input) === i ? found[wanted.indexOf(input)] : undefined,
  );
}
