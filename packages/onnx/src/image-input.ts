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
  const [channels, rows, columns] =
    found.layout === 'NCHW' ? dims.slice(1) : [dims[3], dims[1], dims[2]];
  const [height, width] = size ?? [rows, columns];
  if (typeof channels !== 'number' || channels < 1)
    throw new OptionError(
      'layout',
      `input '${input.name}' [${describe(dims)}] read as ${found.layout} has no fixed number of channels; give another`,
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
function byFirstLayer(graph: Graph, name: string, order = [0, 1, 2, 3]): Found | undefined {
  const readers = consumers(graph);
  const queue: { name: string; order: readonly number[] }[] = [{ name, order }];
  for (let next = queue.shift(); next; next = queue.shift())
    for (const node of readers.get(next.name) ?? []) {
      const { channels, axes } = operatorOf(node) ?? {};
      if (channels !== undefined) return byChannelAxis(next.order[channels], node);
      const { order } = next;
      const after = axes?.(node, order.length)?.map(axis => order[axis]);
      if (after?.length === order.length) queue.push({ name: node.outputs[0], order: after });
    }
  return undefined;
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
