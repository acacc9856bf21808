import { macs, origins, parameters, sizeOf, type Inference } from '@nads/onnx';
import type { Channel } from '../channels/channel-group.js';
import type { Channels } from '../channels/channel-groups.js';
import { Removal } from '../shrink/removal.js';

/** How large a network is. */
export interface NetworkSize {
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Multiply–accumulates for the inputs that its shapes were inferred for. */
  readonly macs: number;
}

/** The size that a network has without some channels, without making it. */
export function sizeWithout(channels: Channels, removed: readonly Channel[]): NetworkSize {
  const { model, inference } = channels;
  const removal = new Removal(inference, removed);
  const left: Inference = new Map(
    [...inference].map(([name, known]) => [
      name,
      removal.touches(name) ? { ...known, dims: removal.keptDims(name) } : known,
    ]),
  );
  const constants = new Set([...origins(model.graph).values()].map(({ name }) => name));
  const learned = parameters(model.graph, inference).filter(name => constants.has(name));
  return {
    parameters: learned.reduce((sum, name) => sum + sizeOf(left.get(name)!.dims!), 0),
    macs: macs(model.graph, left),
  };
}
