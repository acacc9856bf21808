import {
  batchDims,
  inferShapes,
  macs,
  splitTail,
  writeModelWithExternal,
  type Draw,
  type ImageInput,
  type Model,
  type Tail,
} from '@nads/onnx';
import type { Plan } from './plan.js';
import type { Subnetwork } from './subnetwork.js';

/** More tails than this add nothing that a further body would not add better (docs/estimators.md). */
const mostTails = 8;

/** Values between body and tail that are kept at a time, at most: 256 MB. */
const mostValues = 1 << 26;

/**
 * A network as a whole, or as a body and a tail that is drawn several times. Where nothing is said
 * of tails, their number balances what they cost against the body: √(10 · body / tail), since a tail
 * adds about ten times the variance that a body does (LeNet; docs/estimators.md).
 * @param images rows of the inference; @param probes images that a network is run on.
 */
export function subnetworks(
  network: Model,
  draws: readonly Draw[],
  image: ImageInput,
  probes: number,
  tails: number | undefined,
): Pick<Plan, 'body' | 'tail'> {
  const whole = { body: subnetwork(network, draws, image.name) };
  const split = tails === 1 ? undefined : splitTail(network);
  if (!split || draws.some(draw => isShared(draw, split))) return whole;
  const dims = { [image.name]: batchDims(image, 1) };
  const value = inferShapes(split.body, dims).get(split.value)?.dims;
  if (value?.length !== 2 || value[0] !== 1 || value[1] * probes > mostValues) return whole;
  const costs = [
    macs(split.body.graph, inferShapes(split.body, dims)),
    macs(split.tail.graph, inferShapes(split.tail, { [split.value]: value })),
  ];
  const count = tails ?? Math.min(mostTails, Math.round(Math.sqrt((10 * costs[0]) / costs[1])));
  if (count < 2) return whole;
  return {
    body: subnetwork(split.body, draws, image.name),
    tail: { ...subnetwork(split.tail, draws, split.value), count },
  };
}

/** A weight that body and tail have in common must stay one weight. */
const isShared = ({ name }: Draw, { body, tail }: Tail): boolean =>
  body.graph.initializers.has(name) && tail.graph.initializers.has(name);

function subnetwork(model: Model, draws: readonly Draw[], input: string): Subnetwork {
  const own = draws.filter(draw => model.graph.initializers.has(draw.name));
  const locations = new Map(own.map(({ name }) => [name, name]));
  return {
    model: writeModelWithExternal(model, locations),
    draws: own,
    input,
    output: model.graph.outputs[0].name,
  };
}
