import type { WindowReach } from '../layers/reach-rule.js';
import { seesBorder } from '../layers/window-reach.js';
import type { LocalGraph, LocalNode } from './local-graph.js';
import { inFront, samePlaces, type Span } from './span.js';

/** What a box of a stage's outputs depends on, along rows and columns. */
export type Spans = readonly [rows: Span, columns: Span];

/** A part of a map that a stage takes. */
export interface Crop {
  readonly value: string;
  readonly spans: Spans;
  /** What is beyond the border of the map. */
  readonly fill: number;
  /** What the part is called in the stage. */
  readonly name: string;
}

/** A node of a stage, and the part of its outputs that it computes. */
export interface StageNode extends LocalNode {
  readonly spans: Spans;
  /** What parts of its maps are called that the stage takes. */
  readonly crops: ReadonlyMap<string, string>;
}

/** Nodes that together compute a box of their outputs, all of one size, from parts of maps. */
export interface Stage {
  readonly nodes: readonly StageNode[];
  readonly crops: readonly Crop[];
  readonly outputs: readonly string[];
}

/**
 * The local nodes `from` to `to` as a stage; undefined where they cannot be one: outputs differ in size, or one value is wanted in
 * two parts.
 */
export function stageBetween(graph: LocalGraph, from: number, to: number): Stage | undefined {
  const nodes = graph.nodes.slice(from, to);
  const outputs = nodes
    .flatMap(({ node }) => node.outputs)
    .filter(name => (graph.lastReader.get(name) ?? -1) >= to);
  const types = outputs.map(name => graph.inference.get(name)?.type);
  const sizes = outputs.map(name => String(spaceOf(graph, name)));
  if (types.some(type => type !== 'float32') || new Set(sizes).size !== 1) return undefined;
  const stage = new Tracing(graph, nodes, outputs);
  for (const node of nodes.toReversed()) if (!stage.trace(node)) return undefined;
  return { nodes: stage.nodes.toReversed(), crops: [...stage.crops.values()], outputs };
}

/**
 * How many local nodes from `from` on, of `most`, can be one stage: what sees beyond the border of a map, and not just `fill` there, must
 * not be inside one.
 */
export function mostNodes(graph: LocalGraph, from: number, most: number): number {
  const { nodes } = graph;
  const end = Math.min(nodes.length, from + most);
  const inside = new Set<string>();
  for (let at = from; at < end; at++) {
    const { node, maps } = nodes[at];
    if (inside.has(maps[0]) && isBordered(graph, nodes[at])) return at - from;
    for (const name of node.outputs) inside.add(name);
  }
  return end - from;
}

/** Height and width of a map. */
export const spaceOf = ({ inference }: LocalGraph, name: string): readonly number[] =>
  inference.get(name)!.dims!.slice(2);

const isBordered = (graph: LocalGraph, { reach, maps }: LocalNode): boolean =>
  reach !== 'same place' && seesBorder(reach.window, spaceOf(graph, maps[0]));

/** Goes from the outputs of a stage back to what it takes. */
class Tracing {
  /** From the last to the first. */
  readonly nodes: StageNode[] = [];
  readonly crops = new Map<string, Crop>();
  private readonly graph: LocalGraph;
  private readonly inside: ReadonlySet<string>;
  /** The part of each value that is computed. */
  private readonly parts = new Map<string, Spans>();

  constructor(graph: LocalGraph, nodes: readonly LocalNode[], outputs: readonly string[]) {
    this.graph = graph;
    this.inside = new Set(nodes.flatMap(({ node }) => node.outputs));
    for (const name of outputs) this.parts.set(name, [samePlaces, samePlaces]);
  }

  /**
   * Adds a node and what it takes of its maps, after all that read its outputs; false where one value would be wanted in
   * two parts.
   */
  trace(local: LocalNode): boolean {
    const [spans, ...others] = this.partsOf(local.node.outputs);
    if (!spans) return true; // nothing reads it
    if (others.some(part => !isSame(part, spans))) return false;
    const { reach, maps } = local;
    const before = reach === 'same place' ? spans : through(reach, spans);
    const crops: [string, string][] = [];
    for (const name of maps)
      if (!this.inside.has(name)) crops.push([name, this.crop(name, before, local)]);
      else if (!isSame(this.parts.get(name) ?? before, before)) return false;
      else this.parts.set(name, before);
    this.nodes.push({ ...local, spans, crops: new Map(crops) });
    return true;
  }

  private partsOf(names: readonly string[]): Spans[] {
    return names.map(name => this.parts.get(name)).filter(part => part !== undefined);
  }

  /** The name of a part of a map from outside. */
  private crop(value: string, spans: Spans, local: LocalNode): string {
    const fill = isBordered(this.graph, local) ? (local.reach as WindowReach).fill : 0;
    const key = JSON.stringify([value, spans, fill]);
    const found = this.crops.get(key)?.name ?? this.nameOfCrop(value);
    this.crops.set(key, { value, spans, fill, name: found });
    return found;
  }

  /** Crops so far have other numbers. */
  private nameOfCrop(value: string): string {
    let name = `${value}/crop${this.crops.size}`;
    while (this.graph.taken.has(name)) name += '_';
    return name;
  }
}

const through = ({ window }: WindowReach, [rows, columns]: Spans): Spans => [
  inFront(window, 0, rows),
  inFront(window, 1, columns),
];

const isSame = (a: Spans, b: Spans): boolean => isSameSpan(a[0], b[0]) && isSameSpan(a[1], b[1]);

const isSameSpan = (a: Span, b: Span): boolean =>
  a.scale === b.scale && a.shift === b.shift && a.extent === b.extent;
