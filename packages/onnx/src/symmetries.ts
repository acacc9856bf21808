import { producers, reads, subgraphs, type Graph, type Node } from './graph.js';
import type { ImageInput } from './image-input.js';
import { operatorOf } from './operators/registry.js';
import type { Inference } from './shapes/known.js';
import {
  behindMixing,
  isBehindMixing,
  requireOneSide,
  weightsBehind,
} from './symmetry/behind-mixing.js';
import {
  Broken,
  main,
  moving,
  requireSameOrder,
  type Axis,
  type Context,
  type Relabelling,
  type Sides,
} from './symmetry/context.js';

/** Whether the distribution of networks with fresh weights is unchanged by a relabelling, and why. */
export interface Symmetry {
  readonly relabelling: Relabelling;
  readonly holds: boolean;
  readonly reason: string;
  /** Whether outputs are relabelled as well: then it holds for all of them together, not for each. */
  readonly movesOutputs: boolean;
}

/**
 * The symmetries of an architecture, derived from its graph. Fresh weights are independent and
 * identically distributed within a tensor, so a relabelling of a layer's inputs or of its kernel
 * positions gives an equally likely network. A symmetry holds where every operator commutes with it
 * up to such a relabelling; the first operator that does not is named.
 * @param fresh names of the initializers that are drawn.
 */
export function symmetries(
  graph: Graph,
  inference: Inference,
  image: ImageInput,
  fresh: ReadonlySet<string>,
): Symmetry[] {
  const network = networkOf(graph, inference, image, fresh);
  const relabellings: Relabelling[] = ['transposition', 'flip rows', 'flip columns', 'channels'];
  return relabellings.map(relabelling => derive(relabelling, network));
}

/** The drawn weights that see input channels apart, by name: all that a relabelling of the channels changes where it is a symmetry. */
export function weightsOfChannels(
  graph: Graph,
  inference: Inference,
  image: ImageInput,
  fresh: ReadonlySet<string>,
): ReadonlySet<string> {
  const sides: Sides = { before: new Set(), behind: new Set() };
  derive('channels', networkOf(graph, inference, image, fresh), sides);
  return sides.before;
}

const networkOf = (
  graph: Graph,
  inference: Inference,
  image: ImageInput,
  fresh: ReadonlySet<string>,
): Network => ({
  nodes: nodesBehind(image.name, graph, inference),
  outputs: graph.outputs.map(({ name }) => name),
  makers: producers(graph),
  inference,
  image,
  fresh,
});

/** What is the same for all relabellings. */
interface Network extends Pick<Context, 'inference' | 'fresh' | 'makers'> {
  /** Those that depend on the image, but for such as compute shapes. */
  readonly nodes: readonly Node[];
  readonly outputs: readonly string[];
  readonly image: ImageInput;
}

/** The nodes that depend on a value, but for such as compute shapes, and what depends on shapes alone. */
function nodesBehind(value: string, graph: Graph, inference: Inference): readonly Node[] {
  const behind = new Set([value]);
  return graph.nodes.filter(node => {
    if (!reads(node).some(name => behind.has(name)) || isShape(node, inference)) return false;
    for (const name of node.outputs) behind.add(name);
    return true;
  });
}

function derive(
  relabelling: Relabelling,
  network: Network,
  sides: Sides = { before: new Set(), behind: new Set() },
): Symmetry {
  const { nodes, outputs, image, inference, fresh, makers } = network;
  const broken = (reason: string): Symmetry => ({
    relabelling,
    holds: false,
    reason,
    movesOutputs: false,
  });
  const unsuited = misfit(relabelling, image);
  if (unsuited) return broken(unsuited);
  const axes = new Map([[image.name, inputAxes(image)]]);
  const unmixed = new Set([image.name]);
  const orders = new Map<string, string>();
  for (const node of nodes) {
    const state = { axes, unmixed, orders, ordered: new Set<string>(), sides };
    const problem = attempt({ relabelling, inference, fresh, ...state, node, makers });
    if (problem) return broken(`'${node.name || node.outputs[0]}' (${node.operator}): ${problem}`);
  }
  if (relabelling === 'channels' && outputs.some(name => unmixed.has(name)))
    return broken('no layer mixes the channels');
  const movesOutputs =
    relabelling !== 'channels' && outputs.some(name => axes.get(name)?.some(isPixels));
  return { relabelling, holds: true, reason: reasons[relabelling], movesOutputs };
}

const isPixels = (axis: Axis): boolean => axis !== 'batch' && axis !== 'channel';

const reasons: Readonly<Record<Relabelling, string>> = {
  transposition: 'every kernel, stride, pad and size is square',
  'flip rows': 'every window grid is symmetric along the rows',
  'flip columns': 'every window grid is symmetric along the columns',
  channels: 'the first layer draws the weights of all input channels alike',
};

function misfit(relabelling: Relabelling, image: ImageInput): string | undefined {
  if (relabelling === 'transposition' && image.height !== image.width)
    return `images of ${image.height}×${image.width} are not square`;
  if (relabelling === 'channels' && image.channels === 1) return 'there is one channel';
  return undefined;
}

function attempt(context: Context): string | undefined {
  try {
    const outputs = propagate(context);
    requireOthersStill(context);
    context.node.outputs.forEach(
      name => name && context.axes.set(name, withoutUnitAxes(context, name, outputs)),
    );
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error.message;
    throw error;
  }
}

/** Drawn weights of a node that its rule does not relabel have to stay as they are, those too that its operands are computed from. */
function requireOthersStill(context: Context): void {
  if (context.relabelling === 'channels') return; // looked after by the sides
  const { node, axes, inference, ordered } = context;
  for (const input of reads(node).filter(name => !axes.has(name)))
    for (const weight of weightsBehind(input, context))
      if (!ordered.has(weight))
        requireSameOrder(context, weight, inference.get(weight)?.dims?.map(() => 'batch') ?? []);
}

function inputAxes({ layout }: ImageInput): readonly Axis[] {
  return layout === 'NCHW'
    ? ['batch', 'channel', 'row', 'column']
    : ['batch', 'row', 'column', 'channel'];
}

/** On an axis of size one nothing moves. */
function withoutUnitAxes(
  { inference }: Context,
  name: string,
  axes: readonly Axis[],
): readonly Axis[] {
  const dims = inference.get(name)?.dims ?? [];
  return axes.map((axis, i) => (axis !== 'batch' && dims[i] === 1 ? 'channel' : axis));
}

function propagate(context: Context): readonly Axis[] {
  if (isBehindMixing(context)) return behindMixing(context);
  if (context.relabelling === 'channels') requireOneSide(context, 'before');
  if (subgraphs(context.node).length > 0) throw new Broken('its branches are not looked into');
  const rule = operatorOf(context.node)?.symmetry;
  if (rule) return rule(context);
  const axes = main(context);
  if (moving(context, axes)) throw new Broken('it is not known how it acts on relabelled pixels');
  return axes;
}

/** Computes a shape: the same number whatever the pixels are. */
const isShape = ({ outputs }: Node, inference: Inference): boolean =>
  outputs.every(name => inference.get(name)?.value !== undefined);
