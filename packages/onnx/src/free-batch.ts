import { FreshNames, valueNames } from './fresh-names.js';
import type { Node, ValueInfo } from './graph.js';
import { batchDims, type ImageInput } from './image-input.js';
import { inferNode } from './infer-shapes.js';
import { withGraph, type Model } from './model.js';
import { operatorOf } from './operators/registry.js';
import { reshape } from './operators/reshape.js';
import { inferenceStart } from './shapes/inference-start.js';
import type { Known } from './shapes/known.js';
import { integers, numbersOf, sizeOf, type Tensor } from './tensor.js';

/** A model whose batch axis is free, or why it cannot be. */
export interface FreeBatch {
  readonly model: Model;
  /** Undefined where the batch is free; else why every image needs a run of its own. */
  readonly obstacle?: string;
  /** Reshape nodes whose target had the batch baked in. */
  readonly rewritten: readonly string[];
}

/** The second batch size is this many times the first; what grows with it carries the batch. */
const growth = 3;

/**
 * Frees the batch axis of an image model. Shapes are inferred for two batch sizes side by side; a
 * Reshape to constant dims gets −1 where the batch axis comes out. Whether the images of a batch are
 * then independent is for the caller to check by running it.
 */
export function freeBatch(model: Model, image: ImageInput): FreeBatch {
  const batch = image.batch ?? 1;
  const resized = withInput(model, image, batch);
  const walk = new Walk(resized, image, batch);
  try {
    const nodes = resized.graph.nodes.map(node => walk.visit(node));
    const initializers = new Map([...resized.graph.initializers, ...walk.targets]);
    walk.requireBatchOutput();
    const freed = withGraph(resized, { nodes, initializers });
    return { model: withInput(freed, image, 'N'), rewritten: walk.rewritten };
  } catch (error) {
    return { model: resized, obstacle: (error as Error).message, rewritten: [] };
  }
}

/** The model for images of this size, shapes that the file states for other sizes forgotten. */
export function withInput(model: Model, image: ImageInput, batch: number | 'N'): Model {
  const [, ...rest] = batchDims(image, 0);
  const resize = (info: ValueInfo): ValueInfo =>
    info.name === image.name ? { ...info, dims: [batch, ...rest] } : info;
  return withGraph(model, {
    inputs: model.graph.inputs.map(resize),
    outputs: model.graph.outputs.map(({ name, type }) => ({ name, type })),
    valueInfo: [],
  });
}

class Walk {
  readonly targets = new Map<string, Tensor>();
  readonly rewritten: string[] = [];
  private loser: Node | undefined;
  private readonly names: FreshNames;
  private readonly model: Model;
  private readonly small: Map<string, Known>;
  private readonly large: Map<string, Known>;

  constructor(model: Model, image: ImageInput, batch: number) {
    this.model = model;
    this.names = new FreshNames(valueNames(model.graph));
    this.small = inferenceStart(model.graph, { [image.name]: batchDims(image, batch) });
    this.large = inferenceStart(model.graph, { [image.name]: batchDims(image, growth * batch) });
  }

  visit(node: Node): Node {
    inferNode(this.model, node, this.small);
    const target = operatorOf(node) === reshape ? this.targetWithBatch(node) : undefined;
    const freed = target ? this.rewrite(node, target) : node;
    inferNode(this.model, freed, this.large);
    if (this.losesBatch(freed)) this.loser ??= freed;
    return freed;
  }

  requireBatchOutput(): void {
    for (const { name } of this.model.graph.outputs) {
      if (!this.large.get(name)?.dims)
        throw new Error(`the shape of output '${name}' is not known before running`);
      if (this.growingAxis(name) !== 0)
        throw new Error(`the first axis of output '${name}' is not the batch${this.where()}`);
    }
  }

  /** Whether a node has a batch among its inputs but none in its outputs, and computes no shape. */
  private losesBatch({ inputs, outputs }: Node): boolean {
    const carries = (name: string): boolean => this.growingAxis(name) !== undefined;
    const isShape = outputs.every(name => this.small.get(name)?.value !== undefined);
    return !isShape && inputs.some(carries) && !outputs.some(carries);
  }

  private where(): string {
    if (!this.loser) return '';
    const { name, outputs, operator } = this.loser;
    return `: '${name || outputs[0]}' (${operator}) fixes it`;
  }

  /** The dims that a Reshape should lead to, batch as −1; undefined where it is right as it is. */
  private targetWithBatch(node: Node): number[] | undefined {
    const dims = this.small.get(node.outputs[0])?.dims;
    const input = this.small.get(node.inputs[0])?.dims;
    const axis = this.growingAxis(node.inputs[0]);
    if (!dims || !input || axis === undefined || !this.isFixed(node.inputs[1])) return undefined;
    const position = alignedAxis(input, axis, dims);
    return dims.map((size, i) => (i === position ? -1 : size));
  }

  private rewrite(node: Node, target: readonly number[]): Node {
    const wanted = numbersOf(this.small.get(node.inputs[1])!.value!);
    const batchAxis = target.indexOf(-1);
    if (wanted[batchAxis] === -1 || (wanted[batchAxis] === 0 && batchAxis === 0)) return node;
    const name = this.names.take(`${node.outputs[0]}/free-batch`);
    this.targets.set(name, integers(target));
    for (const known of [this.small, this.large])
      known.set(name, { type: 'int64', dims: [target.length], value: integers(target) });
    this.rewritten.push(node.name || node.outputs[0]);
    return { ...node, inputs: [node.inputs[0], name] };
  }

  /** Whether a value is the same constant for both batch sizes. */
  private isFixed(name: string): boolean {
    const [a, b] = [this.small.get(name)?.value, this.large.get(name)?.value];
    return a !== undefined && b !== undefined && String(a.data) === String(b.data);
  }

  /** The axis whose size grows with the batch; undefined if none or several do. */
  private growingAxis(name: string): number | undefined {
    const [a, b] = [this.small.get(name)?.dims, this.large.get(name)?.dims];
    if (!a || a.length !== b?.length) return undefined;
    const grown = a.flatMap((size, axis) => (b[axis] === size ? [] : [axis]));
    return grown.length === 1 ? grown[0] : undefined;
  }
}

/** The axis after a reshape that starts where the given axis started before: equal sizes in front. */
function alignedAxis(from: readonly number[], axis: number, to: readonly number[]): number {
  const before = sizeOf(from.slice(0, axis));
  const position = to.findIndex((_, i) => sizeOf(to.slice(0, i)) === before);
  if (position < 0)
    throw new Error(`a reshape from [${from}] to [${to}] mixes the batch with other axes`);
  return position;
}
