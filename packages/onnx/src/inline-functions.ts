import { FreshNames, valueNames } from './fresh-names.js';
import { node as nodeOf, type Node } from './graph.js';
import type { FunctionDefinition, Model } from './model.js';
import { requireOrder } from './node-order.js';
import { ownExtent, requireExpansion, requireExtent, requireNesting } from './require-expansion.js';
import { mapGraphs, substitute } from './substitute.js';

/**
 * The model without functions of its own: calls replaced by the functions' nodes, whose values get
 * names that occur nowhere else.
 * @throws for functions that call themselves, or stand for more nodes than there may be, or compute values in no order, and
 * for operator sets of contradicting versions.
 */
export function inlineFunctions(model: Model): Model {
  if (model.functions.length === 0) return model;
  const inliner = new Inliner(model);
  requireExpansion(model.graph.nodes, node => inliner.calledBy(node));
  const nodes = inliner.expand(model.graph.nodes, { opsets: model.opsets, path: [] });
  const graph = { ...model.graph, nodes };
  requireOrder(graph);
  return { ...model, opsets: inliner.mergedOpsets(), functions: [], graph };
}

/** Where nodes come from: the operator sets they were written for, and the calls that led there. */
interface Scope {
  readonly opsets: ReadonlyMap<string, number>;
  readonly path: readonly FunctionDefinition[];
}

class Inliner {
  private readonly model: Model;
  private readonly functions: ReadonlyMap<string, FunctionDefinition>;
  private readonly opsets = new Map<string, number>();
  private readonly names: FreshNames;
  /** Nodes and operands so far, those of graphs that are handed on as attributes included. */
  private extent = 0;

  constructor(model: Model) {
    this.model = model;
    this.functions = new Map(model.functions.map(f => [keyOf(f.domain, f.name, f.overload), f]));
    this.names = new FreshNames(valueNames(model.graph));
  }

  /** Nodes with every call among them replaced, in subgraphs as well. */
  expand(nodes: readonly Node[], scope: Scope): Node[] {
    return nodes.flatMap(node => {
      requireExtent((this.extent += ownExtent(node)));
      const called = this.calledBy(node);
      if (called) return this.inline(node, called, scope);
      this.requireOpset(node, scope);
      return mapGraphs(node, graph => ({ ...graph, nodes: this.expand(graph.nodes, scope) }));
    });
  }

  /** The function of the model that a node calls, if it calls one. */
  calledBy(node: Node): FunctionDefinition | undefined {
    return this.functions.get(keyOf(node.domain, node.operator, overloadOf(node)));
  }

  /** The versions that the expanded nodes were written for. */
  mergedOpsets(): ReadonlyMap<string, number> {
    const own = this.model.opsets.get('');
    if (own !== undefined && !this.opsets.has('')) this.opsets.set('', own);
    return this.opsets;
  }

  private inline(call: Node, called: FunctionDefinition, { path }: Scope): Node[] {
    requireNesting(path.length + 1); // calls in graphs that are handed on as attributes are not known before
    const rename = this.renaming(call, called);
    const given = new Map([...called.defaults, ...call.attributes]);
    const body = called.nodes.map(inner => ({
      ...substitute(inner, rename, given),
      name: inner.name && `${call.name}/${inner.name}`,
    }));
    const expanded = this.expand(body, { opsets: called.opsets, path: [...path, called] });
    return [...expanded, ...handedOn(call, called, rename)];
  }

  /** Formal inputs and outputs get the call's names, all other values fresh ones. */
  private renaming(call: Node, called: FunctionDefinition): (name: string) => string {
    const names = new Map([['', '']]);
    called.outputs.forEach((name, i) => call.outputs[i] && names.set(name, call.outputs[i]));
    called.inputs.forEach((name, i) => names.set(name, call.inputs[i] ?? ''));
    const prefix = call.name || call.outputs.find(Boolean) || called.name;
    return name => {
      const renamed = names.get(name) ?? this.names.take(`${prefix}/${name}`);
      names.set(name, renamed);
      return renamed;
    };
  }

  private requireOpset({ domain }: Node, { opsets, path }: Scope): void {
    const version = opsets.get(domain);
    const present = this.opsets.get(domain);
    if (version === undefined) return;
    if (present !== undefined && present !== version)
      throw new Error(
        `onnx: ${placeOf(path)} needs version ${version} of operator set '${domain || 'ai.onnx'}', ` +
          `other nodes ${present}; export the model with one version`,
      );
    this.opsets.set(domain, version);
  }
}

const placeOf = (path: readonly FunctionDefinition[]): string =>
  path.length === 0 ? 'the graph' : `function '${path.at(-1)!.name}'`;

const keyOf = (domain: string, name: string, overload: string): string =>
  JSON.stringify([domain === 'ai.onnx' ? '' : domain, name, overload]);

function overloadOf({ extra }: Node): string {
  const { overload = '' }: { overload?: string } = extra ?? {};
  return overload;
}

/** Outputs that a function does not compute, but hands on from an input or gives twice. */
function handedOn(
  call: Node,
  called: FunctionDefinition,
  rename: (name: string) => string,
): Node[] {
  return called.outputs.flatMap((name, i) => {
    const actual = call.outputs[i];
    return actual && rename(name) !== actual ? [nodeOf('Identity', [rename(name)], [actual])] : [];
  });
}
