import { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { explicitPools } from '../explicit-pools.js';
import type { ValueInfo } from '../graph.js';
import { inferShapes } from '../infer-shapes.js';
import { inlineFunctions } from '../inline-functions.js';
import { withGraph, type Model } from '../model.js';
import { operatorOf } from '../operators/registry.js';
import { prune } from '../prune.js';
import type { Inference } from '../shapes/known.js';
import { sizeOf } from '../tensor.js';
import { upgradeOpset } from '../upgrade-opset.js';
import { weights, type Weight } from '../weight.js';
import { differentiate } from './differentiate.js';
import { knownBranches } from '../known-branches.js';

/** A model of the gradients of each example by itself. */
export interface ExampleGradients {
  /** Gives its own outputs and the parts. */
  readonly model: Model;
  /** The input that holds ∂s/∂y, of the dims of the output. */
  readonly seed: Value;
  readonly parts: readonly ExamplePart[];
}

/** The gradient of one constant that training changes: outputs that hold it, or its factors. */
export interface ExamplePart {
  readonly parameter: string;
  /** [N, a] where the gradient of each example is an outer product a ⊗ b. */
  readonly left?: Value;
  /** [N, b]; all numbers of the constant where there is no left factor. */
  readonly right: Value;
  /** Numbers of an example in it. */
  readonly size: number;
}

/**
 * The model that gives its output and, for s = Σ seed · y, ∂s/∂θ of each example of a batch by itself for all θ that training
 * changes: one pass over the batch back to the outputs of layers, and from there what each example adds to their constants. It is right
 * where examples do not depend on each other.
 * @param model with a free batch, the first axis of its output; @param dims of its inputs by name.
 * @returns undefined where a layer has no rule for that, or a constant is shared or computed.
 * @throws NoGradient where the way to a layer has none, naming the node.
 */
export function exampleGradients(
  model: Model,
  dims: Readonly<Record<string, readonly number[]>>,
): ExampleGradients | undefined {
  const whole = explicitPools(knownBranches(upgradeOpset(inlineFunctions(model))));
  const found = plainUses(whole, inferShapes(whole, dims));
  if (found.length === 0) return undefined;
  const layers = [...new Set(found.map(({ node }) => node.outputs[0]))];
  const back = differentiate(whole, { wrt: layers, keepOutputs: true });
  const g = new Algebra(back.model, operatorOf);
  const parts: ExamplePart[] = [];
  for (const use of found) {
    const part = partOf(g, use, back.gradients[layers.indexOf(use.node.outputs[0])]);
    if (!part) return undefined;
    parts.push(part);
  }
  const outputs = [...whole.graph.outputs, ...parts.flatMap(part => outputsOf(g, part))];
  const { graph } = back.model;
  return {
    model: prune(withGraph(back.model, { ...graph, ...g.finish(), outputs })),
    seed: back.seeds[0],
    parts,
  };
}

/** The uses of constants that training changes; none where one is shared, computed or repeated. */
function plainUses({ graph }: Model, inference: Inference): readonly Weight[] {
  const learned = weights(graph, inference).filter(
    ({ role }) => role !== 'mean' && role !== 'variance',
  );
  const sizeAt = (name: string): number => sizeOf(inference.get(name)?.dims ?? []);
  const isPlain = ({ node, input, origin, isComputed }: Weight): boolean =>
    !isComputed && sizeAt(node.inputs[input]) === sizeAt(origin.name);
  const names = new Set(learned.map(({ origin }) => origin.name));
  return names.size === learned.length && learned.every(isPlain) ? learned : [];
}

/** The gradient of a constant of each example, from that of the output of its layer. */
function partOf(g: Algebra, { node, input, origin }: Weight, dy: Value): ExamplePart | undefined {
  const { inputs, outputs } = node;
  const rule = operatorOf(node)?.ofEach;
  if (!isByExample(g, dy) || !rule) return undefined;
  const each = g.onBehalfOf(node, () => rule({ node, inputs, outputs, g }, dy, input));
  if (!each) return undefined;
  const parameter = origin.name;
  const size = sizeOf(g.dims(inputs[input]) as readonly number[]);
  if ('rows' in each) return { parameter, right: g.named(each.rows, `rows/${parameter}`), size };
  const left = g.named(each.left, `left/${parameter}`);
  return { parameter, left, right: g.named(each.right, `right/${parameter}`), size };
}

/** Whether the first axis is that of the examples and no other varies with it. */
function isByExample(g: Algebra, x: Value): boolean {
  const [first, ...rest] = g.dims(x);
  return first === undefined && rest.every(size => size !== undefined);
}

const outputsOf = (g: Algebra, { left, right }: ExamplePart): ValueInfo[] =>
  [left, right]
    .filter(name => name !== undefined)
    .map(name => ({ name, type: g.type(name), dims: g.dims(name).map(size => size ?? 'N') }));
