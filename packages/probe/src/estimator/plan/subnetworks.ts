import { macs, splitTail, type Draw, type Inference, type Model, type Tail } from '@nads/onnx';
import type { Plan } from './plan.js';
import type { ProbedNetwork } from './probed-network.js';
import { arrangedSubnetwork, tailSubnetwork } from './subnetwork.js';

/** More tails than this add nothing that a further body would not add better (docs/estimators.md). */
const mostTails = 8;

/** Values between body and tail that are kept at a time, at most: 256 MB. */
const mostValues = 1 << 26;

/** A network's pieces, made ready to be drawn. */
export interface Pieces extends Pick<Plan, 'body' | 'tail'> {
  /** The body as a model. */
  readonly network: Model;
}

/**
 * A network as a whole, or as a body and a tail that is drawn several times. By default the number of
 * tails balances their cost against that of the body: √(10 · body / tail), since a tail
 * adds about ten times the variance that a body does (LeNet; docs/estimators.md).
 * @param probes images that a network is run on.
 */
export function subnetworks(
  probed: ProbedNetwork,
  probes: number,
  tails: number | undefined,
): Pieces {
  const { network, inference, draws, image, images } = probed;
  const output = network.graph.outputs[0].name;
  const body = arrangedSubnetwork(network, probed, { input: image.name, output });
  const whole = { network, body };
  const split = tails === 1 ? undefined : splitTail(network);
  if (!split || draws.some(draw => isShared(draw, split))) return whole;
  const value = inference.get(split.value)?.dims;
  if (value?.length !== 2 || value[0] !== images || value[1] * probes > mostValues) return whole;
  const count = tails ?? balancedTails(split, inference);
  if (count < 2) return whole;
  return {
    network: split.body,
    body: arrangedSubnetwork(split.body, probed, { input: image.name, output: split.value }),
    tail: tailSubnetwork(split.tail, probed, { input: split.value, output, count }),
  };
}

function balancedTails({ body, tail }: Tail, inference: Inference): number {
  const costs = [body, tail].map(({ graph }) => macs(graph, inference));
  return Math.min(mostTails, Math.round(Math.sqrt((10 * costs[0]) / costs[1])));
}

/** A weight that body and tail have in common must stay one weight. */
const isShared = ({ name }: Draw, { body, tail }: Tail): boolean =>
  body.graph.initializers.has(name) && tail.graph.initializers.has(name);
