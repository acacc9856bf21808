import { writeModel, type Model } from '@nads/onnx';
import type { Runtime, Values } from '@nads/runtime';
import type { Channel } from './channels/channel-group.js';
import type { Channels } from './channels/channel-groups.js';
import { zeroed } from './zeroed.js';

/** How far outputs may be apart, of the largest. */
const tolerance = 1e-5;

/**
 * Makes sure that a network without some channels gives what it gives with their weights at 0.
 * @returns the largest difference, relative to the largest output.
 * @throws where it is more than 1e-5.
 */
export async function checkRemoval(
  channels: Channels,
  removed: readonly Channel[],
  small: Model,
  feeds: Values,
  runtime: Runtime,
): Promise<number> {
  const models = [small, zeroed(channels, removed)];
  const [found, expected] = await Promise.all(models.map(one => outputOf(one, feeds, runtime)));
  const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const off = found.reduce((most, x, i) => Math.max(most, Math.abs(x - expected[i])), 0);
  const difference = off === 0 ? 0 : off / largest;
  if (!(difference <= tolerance))
    throw new Error(
      `outputs without the removed channels differ from those with their weights at 0 by ${difference.toExponential(1)} of the largest, at most ${tolerance} was expected; report this model`,
    );
  return difference;
}

/** The numbers of the first output. */
export async function outputOf(
  model: Model,
  feeds: Values,
  runtime: Runtime,
): Promise<Float32Array> {
  const session = await runtime.createSession(writeModel(model));
  try {
    const found = await session.run(feeds);
    return found[model.graph.outputs[0].name].data as Float32Array;
  } finally {
    await session.release();
  }
}
