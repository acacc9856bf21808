import { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { explicitPools } from '../explicit-pools.js';
import type { Node, ValueInfo } from '../graph.js';
import { inlineFunctions } from '../inline-functions.js';
import { withGraph, type Model } from '../model.js';
import { operatorOf } from '../operators/registry.js';
import { prune } from '../prune.js';
import { upgradeOpset } from '../upgrade-opset.js';
import { knownBranches } from '../known-branches.js';
import { adviceOn, noRule, NoGradient } from './no-gradient.js';
import { dependentNodes, pullBack } from './pull-back.js';
import { nodeLabel } from '../node-label.js';

/** What to differentiate. */
export interface Differentiation {
  /** Names of inputs, initializers or other values: x. */
  readonly wrt: readonly Value[];
  /** Outputs that s depends on, or other values: y; the model's first output if not given. */
  readonly of?: readonly Value[];
  /** Whether the model's own outputs stay. */
  readonly keepOutputs?: boolean;
  /** Initializers, beside those in `wrt`, whose values are not final: nothing may be precomputed from them. */
  readonly variables?: readonly Value[];
  /** What the names of new inputs and outputs begin with. */
  readonly prefixes?: { readonly seed: string; readonly gradient: string };
}

/** A model of derivatives, and the names of its seeds and results, in the order requested. */
export interface Derivative {
  readonly model: Model;
  /** Inputs that hold ∂s/∂y: `seed/y`, with a number behind it where that name is taken. */
  readonly seeds: readonly Value[];
  /** Outputs that hold ∂s/∂x: `gradient/x`, with a number behind it where that name is taken. */
  readonly gradients: readonly Value[];
}

/**
 * Reverse mode (vector–Jacobian product): the model that computes ∂s/∂x for s = Σ seed · y. Its inputs are
 * those of the model and for each y a seed of the same dims, its outputs are gradients, zero where s
 * does not depend on x. It is made of ordinary operators, so that it can be differentiated again.
 * @throws NoGradient where the way from y to x passes an operator without a rule, naming the node.
 */
export function differentiate(
  model: Model,
  {
    wrt,
    of = [model.graph.outputs[0].name],
    keepOutputs = false,
    variables = [],
    prefixes = { seed: 'seed', gradient: 'gradient' },
  }: Differentiation,
): Derivative {
  const whole = explicitPools(knownBranches(upgradeOpset(inlineFunctions(model))));
  const g = new Algebra(whole, operatorOf, [...variables, ...wrt]);
  for (const value of [...wrt, ...of]) requireFloating(g, value);
  requirePath(g, wrt, of);
  const seeds = of.map(value => g.input(`${prefixes.seed}/${value}`, value));
  const found = pullBack(g, new Map(of.map((value, i) => [value, seeds[i]])), wrt);
  const gradients = wrt.map((value, i) =>
    g.named(found[i] ?? g.zerosLike(value), `${prefixes.gradient}/${value}`),
  );
  const free = freeName(whole);
  const described = (name: Value, like: Value): ValueInfo => ({
    name,
    type: g.type(like),
    dims: g.dims(like).map(size => size ?? free),
  });
  const derivative = withGraph(whole, {
    ...g.finish(),
    inputs: [...whole.graph.inputs, ...of.map((value, i) => described(seeds[i], value))],
    outputs: [
      ...(keepOutputs ? whole.graph.outputs : []),
      ...wrt.map((value, i) => described(gradients[i], value)),
    ],
  });
  return { model: prune(derivative), seeds, gradients };
}

function requireFloating(g: Algebra, value: Value): void {
  if (!g.knows(value)) throw new NoGradient(`the model has no value '${value}'`);
  if (!g.mayVary(value))
    throw new NoGradient(`'${value}' holds integers (${g.type(value)}), which have no gradient`);
}

/** @throws where no output depends on any x, naming the node at which the last way ends. */
function requirePath(g: Algebra, wrt: readonly Value[], of: readonly Value[]): void {
  const { dependent, nodes } = dependentNodes(g, wrt);
  if (of.some(value => dependent.has(value))) return requireRules(nodes, of);
  const passed = new Set(nodes);
  const end = g
    .allNodes()
    .find(node => !passed.has(node) && node.inputs.some(input => dependent.has(input)));
  const reason = end ? `: ${nodeLabel(end)} outputs integers; ${adviceOn(end)}` : '';
  throw new NoGradient(
    `'${of.join(', ')}' does not depend on '${wrt.join(', ')}' in a differentiable way${reason}`,
  );
}

/** @throws at the first node on the way without a rule, before shapes that it hides are missed elsewhere. */
function requireRules(dependent: readonly Node[], of: readonly Value[]): void {
  const needed = new Set(of);
  const way = dependent.toReversed().filter(node => {
    const isOn = node.outputs.some(output => needed.has(output));
    if (isOn) for (const input of node.inputs) needed.add(input);
    return isOn;
  });
  const missing = way.findLast(node => !hasRule(node));
  if (missing) throw noRule(missing);
}

function hasRule(node: Node): boolean {
  const operator = operatorOf(node);
  return operator?.gradient !== undefined || operator?.decompose !== undefined;
}

/** The name that the model has for a free size. */
function freeName({ graph }: Model): string {
  const names = graph.inputs.flatMap(({ dims }) => dims ?? []);
  return names.find(size => typeof size === 'string') ?? 'N';
}
