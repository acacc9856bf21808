import {
  carrying,
  consumers,
  nodeLabel,
  operatorOf,
  origins,
  type Inference,
  type Node,
} from '@nads/onnx';
import type { Channels } from '../channels/channel-groups.js';

/** The filters of a layer: what makes one channel each, up to where a gate would be that switches it off. */
export interface Filters {
  /** The constant that holds their weights, and the axis that lists the filters. */
  readonly weight: string;
  readonly weightAxis: number;
  /** The scale of the normalisation behind the layer. */
  readonly scale?: string;
  /** The value that a gate would multiply: behind the normalisation, or behind the activation where there is none. */
  readonly value: string;
  readonly axis: number;
  readonly size: number;
}

/** The filters of every layer whose shapes are known. @throws where the weight of one is computed, naming the node. */
export function filtersOf({ model, inference, layers }: Channels): Filters[] {
  const readers = consumers(model.graph);
  const constants = origins(model.graph);
  const known = layers.filter(({ node }) => inference.get(node.outputs[0])?.dims);
  return known.map(({ node, weight: [weight, weightAxis] }) => {
    const { name, through } = constants.get(weight) ?? notStored(node);
    const dims = inference.get(weight)!.dims!;
    const { value, scale } = gateBehind(node, (output: string) => onlyReader(readers, output));
    return {
      weight: name,
      weightAxis: through.length > 0 ? dims.length - 1 - weightAxis : weightAxis,
      scale,
      value,
      axis: channelAxis(node, weight, inference),
      size: dims[weightAxis],
    };
  });
}

function notStored(node: Node): never {
  throw new Error(
    `the weight of ${nodeLabel(node)} is computed, not stored; nads fold stores weights that are computed from constants`,
  );
}

const onlyReader = (
  readers: ReadonlyMap<string, readonly Node[]>,
  value: string,
): Node | undefined => {
  const list = readers.get(value) ?? [];
  return list.length === 1 ? list[0] : undefined;
};

/** Behind the bias and the normalisation of a layer, or behind its activation where it has none. */
function gateBehind(
  node: Node,
  readerOf: (value: string) => Node | undefined,
): { readonly value: string; readonly scale?: string } {
  let [value] = node.outputs;
  let reader = readerOf(value);
  if (reader && operatorOf(reader)?.adds && readerOf(reader.inputs[1]) === reader) {
    [value] = reader.outputs;
    reader = readerOf(value);
  }
  if (!reader) return { value };
  const operator = operatorOf(reader);
  if (operator?.training === 'statistics')
    return { value: reader.outputs[0], scale: reader.inputs[1] };
  const isAlone = reader.inputs.length === 1 && operator?.reach && !carrying(reader);
  const isActivation = operator?.rectifies !== undefined || isAlone;
  return { value: isActivation ? reader.outputs[0] : value };
}

/** The axis that channels lie along behind a layer: behind space where it is linear. */
function channelAxis(node: Node, weight: string, inference: Inference): number {
  const rank = inference.get(node.outputs[0])!.dims!.length;
  if (operatorOf(node)?.layer !== 'linear') return 1;
  return node.inputs[1] === weight ? rank - 1 : rank - 2;
}
