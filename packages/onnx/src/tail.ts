import { feeds, reads, type Graph, type Node, type ValueInfo } from './graph.js';
import { withGraph, type Model } from './model.js';
import { operatorOf } from './operators/registry.js';
import { prune } from './prune.js';

/** A network in two pieces: `body` computes one value, `tail` goes on from it. */
export interface Tail {
  readonly body: Model;
  readonly tail: Model;
  /** The value between them: output of the body, input of the tail. */
  readonly value: string;
}

/**
 * Cuts a network before its first linear layer behind all convolutions: what follows costs little, so
 * that several tails can be drawn for one body.
 * @returns undefined where there is no such layer, or the input reaches the output past it.
 */
export function splitTail(model: Model): Tail | undefined {
  const { graph } = model;
  const layers = graph.nodes.map(node => operatorOf(node)?.layer);
  const lastConv = layers.lastIndexOf('convolution');
  const first = layers.indexOf('linear', lastConv + 1);
  if (lastConv < 0 || first < 0) return undefined;
  const value = graph.nodes[first].inputs[0];
  const info: ValueInfo = { name: value, type: 'float32', dims: ['N', undefined] };
  const body = prune(withGraph(model, { outputs: [info], valueInfo: [] }));
  const tail = prune(
    withGraph(model, { inputs: [info], nodes: behind(graph, value), valueInfo: [] }),
  );
  const inputs = new Set(feeds(graph).map(input => input.name));
  const past = tail.graph.nodes.some(node => reads(node).some(name => inputs.has(name)));
  return past ? undefined : { body, tail, value };
}

/** The nodes without the one that computes a value. */
const behind = (graph: Graph, value: string): readonly Node[] =>
  graph.nodes.filter(({ outputs }) => !outputs.includes(value));
