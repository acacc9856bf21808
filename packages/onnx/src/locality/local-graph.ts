import { getInts } from '../attribute.js';
import { valueNames } from '../fresh-names.js';
import { consumers, reads, type Node } from '../graph.js';
import type { ImageInput } from '../image-input.js';
import type { Reach } from '../layers/reach-rule.js';
import type { Model } from '../model.js';
import { operatorOf } from '../operators/registry.js';
import type { Inference } from '../shapes/known.js';

/** A node each place of whose output depends on few places of maps. */
export interface LocalNode {
  readonly node: Node;
  readonly reach: Reach;
  /** Its inputs that are maps. */
  readonly maps: readonly string[];
}

/** A network from images on, as far as every place of its maps depends on few places of the images. */
export interface LocalGraph {
  readonly model: Model;
  readonly inference: Inference;
  /** The value that holds the images as [N, C, H, W]. */
  readonly source: string;
  /** In the order of the file. */
  readonly nodes: readonly LocalNode[];
  /** What else depends on the images, in the order of the file. */
  readonly rest: readonly Node[];
  /** What does not depend on them. */
  readonly fixed: readonly Node[];
  /** The index of the last node that reads a map; infinite where the rest reads it, or the caller. */
  readonly lastReader: ReadonlyMap<string, number>;
  /** Names that values have. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Sorts the nodes of a network by whether their outputs are maps of which each place depends on few places of the images.
 * @param inference for images as `image` has them, one or more.
 * @returns undefined where no node is of this kind, or images are not float32.
 */
export function localGraph(
  model: Model,
  image: ImageInput,
  inference: Inference,
): LocalGraph | undefined {
  const source = sourceOf(model, image);
  if (source === undefined || inference.get(source)?.type !== 'float32') return undefined;
  const sorter = new Sorter(model, inference, source);
  for (const node of model.graph.nodes) if (!node.outputs.includes(source)) sorter.sort(node);
  const { nodes, rest, fixed } = sorter;
  if (nodes.length === 0) return undefined;
  const ends = [...model.graph.outputs.map(({ name }) => name), ...rest.flatMap(reads)];
  const inside = nodes.flatMap(({ maps }, i) => maps.map(name => [name, i] as const));
  const lastReader = new Map([...inside, ...ends.map(name => [name, Infinity] as const)]);
  const taken = new Set(valueNames(model.graph));
  return { model, inference, source, nodes, rest, fixed, lastReader, taken };
}

/** The images with channels in front of space: the input, or what the only node makes of it that reads it. */
function sourceOf({ graph }: Model, { name, layout }: ImageInput): string | undefined {
  if (layout === 'NCHW') return name;
  const [reader, ...others] = consumers(graph).get(name) ?? [];
  const turns =
    reader?.operator === 'Transpose' && String(getInts(reader, 'perm', [])) === '0,3,1,2';
  return turns && others.length === 0 ? reader.outputs[0] : undefined;
}

class Sorter {
  readonly nodes: LocalNode[] = [];
  readonly rest: Node[] = [];
  readonly fixed: Node[] = [];
  private readonly model: Model;
  private readonly inference: Inference;
  /** Values that are maps of which each place depends on few places of the images. */
  private readonly maps: Set<string>;
  /** Values that depend on the images. */
  private readonly moving: Set<string>;

  constructor(model: Model, inference: Inference, source: string) {
    this.model = model;
    this.inference = inference;
    this.maps = new Set([source]);
    this.moving = new Set([source]);
  }

  sort(node: Node): void {
    const reach = this.reachOf(node);
    const isFixed = !operatorOf(node)?.random && !reads(node).some(name => this.moving.has(name));
    if (isFixed) this.fixed.push(node);
    else if (reach) this.nodes.push({ node, reach, maps: this.mapsOf(node) });
    else this.rest.push(node);
    if (isFixed) return;
    for (const name of node.outputs) {
      this.moving.add(name);
      if (reach) this.maps.add(name);
    }
  }

  private reachOf(node: Node): Reach | undefined {
    const moving = reads(node).filter(name => this.moving.has(name));
    if (moving.length === 0 || !moving.every(name => this.maps.has(name))) return undefined;
    if (node.outputs.some(name => name !== '' && !this.isMap(name))) return undefined;
    const inputs = node.inputs.map(name => (name === '' ? undefined : this.inference.get(name)));
    const opset = this.model.opsets.get(node.domain) ?? 1;
    const application = { node, inputs, opset, inferGraph: () => [] };
    return operatorOf(node)?.reach?.(application, input => !this.moving.has(node.inputs[input]));
  }

  private isMap(name: string): boolean {
    return this.inference.get(name)?.dims?.length === 4;
  }

  private mapsOf(node: Node): string[] {
    return [...new Set(node.inputs.filter(name => this.maps.has(name)))];
  }
}
