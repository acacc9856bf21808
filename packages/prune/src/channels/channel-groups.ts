import {
  inferShapes,
  operatorOf,
  requireGrowth,
  sizeOf,
  type AxisOf,
  type Inference,
  type Model,
} from '@nads/onnx';
import type { Channel, ChannelGroup, Entry, Part, WholeGroup } from './channel-group.js';
import { couple, type Layer } from './coupled.js';
import { separateConstants } from './separate-constants.js';

/** A network and its channels. */
export interface Channels {
  /** The network, with constants that can be cut each by itself. */
  readonly model: Model;
  readonly inference: Inference;
  /** Dims of the inputs that all this holds for. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly layers: readonly Layer[];
  readonly groups: readonly ChannelGroup[];
  /** Groups that have to stay for another reason than that they are the network's inputs or outputs. */
  readonly whole: readonly WholeGroup[];
  /** Axes of constants that the inputs or outputs of the network decide. */
  readonly fixed: readonly Entry[];
}

/**
 * The channels of a network, from its graph alone: what can only be removed together, by residual sums, concatenations, grouped
 * convolutions and so on.
 * @param inputs dims of its inputs, such as of one image.
 * @throws for graphs of more than 20,000 nodes; where shapes contradict each other, or a value is out of all proportion to the inputs, naming the node.
 */
export function channelGroups(
  original: Model,
  inputs: Readonly<Record<string, readonly number[]>>,
): Channels {
  requireModerate(original);
  const model = separateConstants(original);
  const inference = inferShapes(model, inputs);
  requireGrowth(model.graph, inference, sumOf(Object.values(inputs).map(sizeOf)));
  const { places, layers, begun, reasons } = couple(model, inference);
  const constants = constantsOf(model);
  const parts = new Map<number, Part[]>();
  const fixed: Entry[] = [];
  for (const axis of places.axes()) {
    const sets = places.of(axis).map(place => places.find(place));
    if (constants.has(axis[0]) && sets.some(set => reasons.get(set)?.isBoundary))
      fixed.push({ initializer: axis[0], axis: axis[1] });
    addParts(parts, axis, sets, begun);
  }
  const isFree = (set: number): boolean => !reasons.has(set);
  const found = [...parts].map(([set, list]) => ({ set, list }));
  const grouped = (wanted: (set: number) => boolean, key: (set: number) => string = () => '') =>
    grouping(
      found.filter(({ set }) => wanted(set)),
      constants,
      key,
    );
  return {
    model,
    inference,
    inputs,
    layers,
    groups: grouped(isFree).map(({ group }) => group),
    whole: grouped(
      set => reasons.get(set)?.isBoundary === false,
      set => reasons.get(set)!.text,
    ).map(({ group, key }) => ({ ...group, reason: key })),
    fixed: fixed.toSorted(byName),
  };
}

/** Nodes of a graph whose channels are removed: after every round they are found again, and the network is made and run again. */
const mostNodes = 20_000;

function requireModerate({ graph }: Model): void {
  const { length } = graph.nodes;
  if (length > mostNodes)
    throw new Error(
      `its graph has ${length.toLocaleString('en')} nodes; channels are removed from up to ${mostNodes.toLocaleString('en')}; export it without unrolled loops`,
    );
}

const sumOf = (sizes: readonly number[]): number => sizes.reduce((a, b) => a + b, 0);

/** Names of constants of the file: initializers, and outputs of nodes that hold constants. */
const constantsOf = ({ graph }: Model): ReadonlySet<string> =>
  new Set([
    ...graph.initializers.keys(),
    ...graph.nodes.filter(node => operatorOf(node)?.storage).map(node => node.outputs[0]),
  ]);

/** Sorts the places of an axis by the sets that they are in. */
function addParts(
  parts: Map<number, Part[]>,
  [value, axis]: AxisOf,
  sets: readonly number[],
  wanted: ReadonlySet<number>,
): void {
  const indices = new Map<number, number[]>();
  sets.forEach((set, i) => {
    if (!wanted.has(set)) return;
    const list = indices.get(set);
    if (list) list.push(i);
    else indices.set(set, [i]);
  });
  for (const [set, list] of indices) {
    const all = parts.get(set);
    const part = { value, axis, indices: list };
    if (all) all.push(part);
    else parts.set(set, [part]);
  }
}

interface Found {
  readonly set: number;
  readonly list: readonly Part[];
}

/** Puts channels that live in the same constants, and have the same key, into one group. */
function grouping(
  found: readonly Found[],
  constants: ReadonlySet<string>,
  keyOf: (set: number) => string,
): { readonly group: ChannelGroup; readonly key: string }[] {
  const groups = new Map<string, { entries: Entry[]; channels: Channel[]; key: string }>();
  for (const { set, list } of found) {
    const stored = list
      .filter(({ value }) => constants.has(value))
      .map(part => ({ ...part, initializer: part.value }))
      .toSorted(byName);
    const entries = stored.map(({ initializer, axis }) => ({ initializer, axis }));
    const key = keyOf(set);
    const id = JSON.stringify([key, entries]);
    const channel = { indices: stored.map(({ indices }) => indices), parts: list };
    const group = groups.get(id);
    if (group) group.channels.push(channel);
    else groups.set(id, { entries, channels: [channel], key });
  }
  return [...groups.values()].map(({ key, entries, channels }) => ({
    key,
    group: { entries, channels: channels.toSorted((a, b) => a.indices[0][0] - b.indices[0][0]) },
  }));
}

const byName = (a: Entry, b: Entry): number =>
  a.initializer < b.initializer ? -1 : a.initializer > b.initializer ? 1 : a.axis - b.axis;
