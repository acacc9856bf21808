import { Random } from '@nads/linalg';
import { writeModel, type Model } from '@nads/onnx';
import { float32, type Runtime, type Values } from '@nads/runtime';
import type { Channel } from './channels/channel-group.js';
import type { Channels } from './channels/channel-groups.js';
import { zeroed } from './zeroed.js';

/** How far outputs may be apart: of the largest, in multiples of what rounding the image does to them, and at most. */
const tolerance = { relative: 1e-5, rounding: 32, most: 1e-3 };

/**
 * Makes sure that a network without some channels gives what it gives with their weights at 0. Sums over fewer channels are
 * rounded otherwise, and deep networks magnify that: what is allowed is 1e-5 of the largest output, or 32 times the change
 * of the outputs when each number of the image changes by one unit in its last place, if that is more, but never over 1e-3.
 * @returns the largest difference, relative to the largest output.
 * @throws where it is more than is allowed.
 */
export async function checkRemoval(
  channels: Channels,
  removed: readonly Channel[],
  small: Model,
  feeds: Values,
  runtime: Runtime,
): Promise<number> {
  const whole = zeroed(channels, removed);
  const [found, expected] = await Promise.all(
    [small, whole].map(one => outputOf(one, feeds, runtime)),
  );
  const difference = relativeDifference(found, expected);
  if (difference <= tolerance.relative) return difference;
  const rounded = await outputOf(whole, nudged(feeds), runtime);
  const allowed = Math.min(
    tolerance.most,
    tolerance.rounding * relativeDifference(rounded, expected),
  );
  if (difference <= allowed) return difference;
  throw new Error(
    `outputs without the removed channels differ from those with their weights at 0 by ${difference.toExponential(1)} of the largest, ` +
      `at most ${Math.max(tolerance.relative, allowed || 0).toExponential(1)} was expected; report this model`,
  );
}

/** Every number one unit in its last place up or down, by chance. */
function nudged(feeds: Values): Values {
  const random = new Random('last places');
  const nudge = (x: number): number => x * (1 + (random.int(2) === 0 ? 1 : -1) * 2 ** -23);
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { dims, data }]) => [
      name,
      float32(Float32Array.from(data as Float32Array, nudge), dims),
    ]),
  );
}

/** The largest difference of two vectors relative to the largest element of the second. */
function relativeDifference(found: Float32Array, expected: Float32Array): number {
  const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const off = found.reduce((most, x, i) => Math.max(most, Math.abs(x - expected[i])), 0);
  return off === 0 ? 0 : off / largest;
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
