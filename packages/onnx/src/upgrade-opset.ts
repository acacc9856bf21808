import { subgraphs, type Graph, type Node } from './graph.js';
import { inferWhereItFits } from './infer-shapes.js';
import { inlineFunctions } from './inline-functions.js';
import { opsetOf, withGraph, type Model } from './model.js';
import { operatorOf } from './operators/registry.js';
import type { Application } from './shapes/application.js';
import { isSmall } from './shapes/fold.js';
import { inferenceStart } from './shapes/inference-start.js';
import type { Known } from './shapes/known.js';
import { mapGraphs } from './substitute.js';
import type { Tensor } from './tensor.js';
import { rewritten } from './upgrades/rewritten.js';

/** The opsets whose forms the operators' upgrades lead to. */
const targets = [16, 17];

/** Files of this version and later ones hold these opsets. */
const irVersion = 8;

/** Before this version of the file format every constant stood among the inputs, too. */
const irWithFreeConstants = 4;

/**
 * Two sizes for the axes that the model leaves free: what comes out alike for both does not depend on
 * them. Large, since networks halve their images several times.
 */
const freeSizes = [256, 512];

/**
 * The model with every node in the form that its operator has at the target opset (16 or 17), in
 * subgraphs as well; it computes the same. Functions are inlined. A model of that opset or a later one
 * comes back as it is.
 * @throws for a node whose old form has no equal, naming it, and for other targets.
 */
export function upgradeOpset(model: Model, target = 17): Model {
  if (opsetOf(model) >= target) return model;
  if (!targets.includes(target))
    throw new Error(
      `onnx: models can be converted to opset ${targets.join(' or ')}, not to ${target}`,
    );
  const inlined = inlineFunctions(model);
  if (inlined !== model) return upgradeOpset(inlined, target);
  const known = freeSizes.map(size => startOf(model.graph, size));
  const graph = upgradeGraph(model.graph, { model, target, known });
  const opsets = new Map([...model.opsets, ['', target] as const]);
  const upgraded = { ...model, irVersion: Math.max(model.irVersion, irVersion), opsets };
  return withGraph(upgraded, { nodes: graph.nodes, inputs: fedOf(model) });
}

/** The inputs. Where constants had to stand among them they go, since a caller could now feed them. */
function fedOf({ irVersion, graph }: Model): Graph['inputs'] {
  if (irVersion >= irWithFreeConstants) return graph.inputs;
  return graph.inputs.filter(({ name }) => !graph.initializers.has(name));
}

/** Where a node stands. */
interface Scope {
  readonly model: Model;
  readonly target: number;
  /** What is known of the values so far, for each of the free sizes. */
  readonly known: readonly Map<string, Known>[];
}

/** What is known of a graph before its first node if every free axis has this size. */
function startOf(graph: Graph, size: number): Map<string, Known> {
  const inputs = graph.inputs.flatMap(({ name, dims }) =>
    dims ? [[name, dims.map(own => (isFixed(own) ? own : size))] as const] : [],
  );
  return inferenceStart(graph, Object.fromEntries(inputs));
}

// some exporters write −1 for a free size
const isFixed = (size: unknown): size is number => typeof size === 'number' && size >= 0;

const upgradeGraph = (graph: Graph, scope: Scope): Graph => ({
  ...graph,
  nodes: graph.nodes.flatMap(node => {
    const nodes = upgradeNode(withUpgradedGraphs(node, scope), scope);
    for (const known of scope.known) inferWhereItFits(scope.model, node, known);
    return nodes;
  }),
});

function withUpgradedGraphs(node: Node, scope: Scope): Node {
  if (subgraphs(node).length === 0) return node;
  return mapGraphs(node, graph => {
    const known = scope.known.map(
      (outside, i) => new Map([...outside, ...startOf(graph, freeSizes[i])]),
    );
    return upgradeGraph(graph, { ...scope, known });
  });
}

function upgradeNode(node: Node, { model, target, known }: Scope): readonly Node[] {
  if (node.domain !== '') return [node];
  const opset = opsetOf(model);
  const { upgrade } = operatorOf(node) ?? {};
  try {
    const plain = withoutHint(node);
    if (!upgrade || opset >= upgrade.since) return [plain];
    const inputs = agreedInputs(node, known);
    return upgrade.rewrite({ node: plain, inputs, opset, inferGraph: () => [] });
  } catch (error) {
    throw new Error(
      `onnx: node '${node.name}' (${node.operator} of opset ${opset}) cannot be converted to ` +
        `opset ${target}: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** Before opset 6 every operator could say of which inputs it may reuse the memory. */
function withoutHint(node: Node): Node {
  if (!node.attributes.has('consumed_inputs')) return node;
  return rewritten(node, { without: ['consumed_inputs'] });
}

/** What is known of a node's inputs whatever the free sizes are. */
const agreedInputs = ({ inputs }: Node, known: Scope['known']): Application['inputs'] =>
  inputs.map(name => {
    const [a, b] = known.map(values => values.get(name));
    return a && b && agreement(a, b);
  });

function agreement(a: Known, b: Known): Known {
  const dims = a.dims?.map((size, axis) => (size === b.dims?.[axis] ? size : NaN));
  return {
    type: a.type === b.type ? a.type : undefined,
    dims: a.dims?.length === b.dims?.length ? dims : undefined,
    value: a.value && b.value && areEqual(a.value, b.value) ? a.value : undefined,
  };
}

const areEqual = (a: Tensor, b: Tensor): boolean =>
  String(a.dims) === String(b.dims) &&
  (a.data === b.data || (isSmall(a.dims) && String(a.data) === String(b.data)));
