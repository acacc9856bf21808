import { subgraphs, type Attributes, type Graph, type Node } from './graph.js';

/** A function of a model: nodes that other nodes call by domain and name. */
export interface FunctionDefinition {
  readonly name: string;
  readonly domain: string;
  readonly overload: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Attributes that calls need not give. */
  readonly defaults: Attributes;
  readonly nodes: readonly Node[];
  readonly opsets: ReadonlyMap<string, number>;
  readonly extra?: object;
}

/** An ONNX model. */
export interface Model {
  readonly irVersion: number;
  /** Version of each operator set by its domain; '' is ONNX's own. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly producer: { readonly name: string; readonly version: string };
  readonly graph: Graph;
  readonly functions: readonly FunctionDefinition[];
  readonly extra?: object;
}

/** The nodes of a model's graph, of each of its functions, and of graphs that attributes of functions have as defaults. */
export const bodies = ({ graph, functions }: Model): (readonly Node[])[] =>
  [
    graph,
    ...functions,
    ...functions.flatMap(({ defaults }) => subgraphs({ attributes: defaults })),
  ].map(({ nodes }) => nodes);

/** The version of ONNX's own operator set that the model uses. */
export const opsetOf = (model: Model): number =>
  model.opsets.get('') ?? model.opsets.get('ai.onnx') ?? 1;

/** The model with some fields of its graph replaced. */
export const withGraph = (model: Model, change: Partial<Graph>): Model => ({
  ...model,
  graph: { ...model.graph, ...change },
});
