import { consumers, inferShapes, operatorOf, weights, type Node, type Weight } from '@nads/onnx';
import type { ScoredNetwork } from '../network/scored-network.js';

/** A convolution or linear layer, whose weights scores are made of. */
export interface ScoredLayer {
  readonly name: string;
  /** The constant that holds its weights. */
  readonly weight: string;
  /** Its numbers. */
  readonly values: Float32Array;
  /** The value that it gives, bias included. */
  readonly output: string;
  /** Which axis of it holds channels: 1 behind convolutions, else the last. */
  readonly channelAxis: number;
  /** Dims of it for the batch. */
  readonly outputDims: readonly number[];
}

/** The convolutions and linear layers of a network, in order. @throws where there are none. */
export function scoredLayers({ network, dims }: ScoredNetwork): ScoredLayer[] {
  const { graph } = network;
  const inference = inferShapes(network, dims);
  const readers = consumers(graph);
  const all = weights(graph, inference);
  const biased = new Set(all.filter(({ role }) => role === 'bias').map(({ node }) => node));
  const found = all.filter(isLayer).map((weight): ScoredLayer => {
    const output = withBias(weight.node, readers, biased);
    const outputDims = inference.get(output)?.dims ?? [];
    return {
      name: weight.layer,
      weight: weight.origin.name,
      values: inference.get(weight.origin.name)!.value!.data as Float32Array,
      output,
      channelAxis: weight.kind === 'linear' ? outputDims.length - 1 : 1,
      outputDims,
    };
  });
  if (found.length === 0) throw new Error('no convolution or linear layer was found');
  return found;
}

const isLayer = ({ kind, role }: Weight): boolean =>
  role === 'weight' && (kind === 'conv' || kind === 'conv-transpose' || kind === 'linear');

/** The output of a layer, or of the addition behind it that is its bias. */
function withBias(
  { outputs: [output] }: Node,
  readers: ReadonlyMap<string, readonly Node[]>,
  biased: ReadonlySet<Node>,
): string {
  const [reader, another] = readers.get(output) ?? [];
  const isBias = reader && !another && operatorOf(reader)?.adds && biased.has(reader);
  return isBias ? reader.outputs[0] : output;
}
