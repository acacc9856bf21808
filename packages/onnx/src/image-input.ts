import type { ImageShape, Layout } from '@nads/basis';
import { OptionError } from '@nads/linalg';
import { isFloating } from './data-type.js';
import {
  consumers,
  feeds,
  type Dimension,
  type Graph,
  type Node,
  type ValueInfo,
} from './graph.js';
import { inferShapes } from './infer-shapes.js';
import type { Model } from './model.js';
import { operatorOf } from './operators/registry.js';

/** The input that takes images. */
export interface ImageInput extends ImageShape {
  readonly name: string;
  readonly layout: Layout;
  /** How the layout was found. */
  readonly reason: string;
  /** Images that the file's batch holds; undefined where it is free. */
  readonly batch: number | undefined;
}

/**
 * The input that takes images, and its layout.
 * @param layout overrides what the graph says.
 * @param size height and width, where the file leaves them free or others are wanted.
 * @throws where there is no image input or several inputs, or a size is needed.
 */
export function imageInput(
  model: Model,
  { layout, size }: { layout?: Layout; size?: readonly [number, number] } = {},
): ImageInput {
  const input = onlyInput(model.graph);
  const dims = input.dims ?? [];
  const found = layout ? { layout, reason: 'as given' } : layoutOf(model.graph, input);
  const [stated, rows, columns] =
    found.layout === 'NCHW' ? dims.slice(1) : [dims[3], dims[1], dims[2]];
  const [height, width] = size ?? [rows, columns];
  const channels = isSize(stated) ? stated : channelsByWeights(model, input.name);
  if (channels === undefined)
    throw new OptionError(
      'layout',
      `input '${input.name}' [${describe(dims)}] read as ${found.layout} has no fixed number of channels, ` +
        'and no convolution reads it whose weights say it; give another',
    );
  if (!isSize(height) || !isSize(width))
    throw new OptionError(
      'size',
      `input '${input.name}' [${describe(dims)}] leaves the image size free; give one, as in \`size\` 224`,
    );
  const batch = typeof dims[0] === 'number' && dims[0] > 0 ? dims[0] : undefined;
  return { name: input.name, ...found, batch, channels, height, width };
}

/** Dims of a batch of n images as the input wants them. */
export function batchDims({ layout, channels, height, width }: ImageInput, n: number): number[] {
  return layout === 'NCHW' ? [n, channels, height, width] : [n, height, width, channels];
}

const isSize = (size: Dimension): size is number => typeof size === 'number' && size > 0;

const describe = (dims: readonly Dimension[]): string => dims.map(size => size ?? '?').join(', ');

function onlyInput(graph: Graph): ValueInfo {
  const inputs = feeds(graph);
  const names = inputs.map(({ name }) => `'${name}'`).join(', ');
  if (inputs.length !== 1)
    throw new Error(
      `expected one input, found ${inputs.length || 'none'}${names && ` (${names})`}; cut the model to one image input`,
    );
  const [input] = inputs;
  if (!isFloating(input.type))
    throw new Error(
      `input '${input.name}' takes ${input.type ?? 'sequences or maps'}, not floating-point images; export the model without its integer preprocessing`,
    );
  if (input.dims?.length !== 4)
    throw new Error(
      `no image input: '${input.name}' has dims [${describe(input.dims ?? [])}], images have four axes (N, C, H, W)`,
    );
  return input;
}

type Found = Pick<ImageInput, 'layout' | 'reason'>;

function layoutOf(graph: Graph, input: ValueInfo): Found {
  return byFirstLayer(graph, input.name) ?? byChannels(input.dims ?? []);
}

/** Follows the input to the first operator that knows which of its axes are channels. */
const byFirstLayer = (graph: Graph, name: string): Found | undefined =>
  follow(graph, name, (node, order) => {
    const { channels } = operatorOf(node) ?? {};
    return channels === undefined ? undefined : byChannelAxis(order[channels], node);
  });

/** Follows the input to the first convolution, whose weights say how many channels it takes. */
function channelsByWeights(model: Model, name: string): number | undefined {
  const inference = inferShapes(model);
  return follow(model.graph, name, (node, _, value) => {
    const dims = inference.get(node.inputs[1])?.dims;
    if (!dims || node.inputs[0] !== value) return undefined;
    return operatorOf(node)?.channelsBy?.(node, dims);
  });
}

/**
 * What is found at the first node behind a value, through nodes that keep its axes or exchange them.
 * @param find gets a node, which axis of the value each axis of its input is, and that input.
 */
function follow<T>(
  graph: Graph,
  name: string,
  find: (node: Node, order: readonly number[], value: string) => T | undefined,
): T | undefined {
  const readers = consumers(graph);
  const orders = new Map<string, readonly number[]>([[name, [0, 1, 2, 3]]]);
  // values that are added to a Map while it is walked are walked, too
  for (const [value, order] of orders)
    for (const node of readers.get(value) ?? []) {
      const found = find(node, order, value);
      if (found !== undefined) return found;
      const after = axesBehind(node, order.length)?.map(axis => order[axis]);
      if (after?.length === order.length && !orders.has(node.outputs[0]))
        orders.set(node.outputs[0], after);
    }
  return undefined;
}

/** Which axis of its input each axis of a node's output is; a pool without weights keeps all. */
function axesBehind(node: Node, rank: number): readonly number[] | undefined {
  const { axes, channels, channelsBy } = operatorOf(node) ?? {};
  const isPool = channels !== undefined && !channelsBy;
  return isPool ? [0, 1, 2, 3] : axes?.(node, rank);
}

function byChannelAxis(axis: number, node: Node): Found | undefined {
  const reason = `axis ${axis} of the input is the channel axis of '${node.name || node.outputs[0]}' (${node.operator})`;
  if (axis === 1) return { layout: 'NCHW', reason };
  return axis === 3 ? { layout: 'NHWC', reason } : undefined;
}

function byChannels(dims: readonly Dimension[]): Found {
  const isChannels = (size: Dimension): boolean => size === 1 || size === 3 || size === 4;
  const last = isChannels(dims[3]) && !isChannels(dims[1]);
  return {
    layout: last ? 'NHWC' : 'NCHW',
    reason: `no convolution or pooling reads the input; dims [${describe(dims)}]`,
  };
}
