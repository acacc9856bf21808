import type { Session } from '@nads/runtime';
import type { LocalSessions } from '../../draw/local-sessions.js';
import { outputsOf } from '../outputs-of.js';
import { ProbeBatch } from '../probe-batch.js';
import type { Probing } from '../probing.js';
import { LocalNetwork } from './local-network.js';
import { sampledDirections } from './sampled-directions.js';

/** How what a network gives on boxes compares with what it gives on whole images. */
export type Agreement = 'exact' | 'but for rounding' | 'none';

/** Errors that rounding can make: in shares of how much the outputs of two probes differ, and of the outputs themselves. */
const rounding = { ofChange: 1e-3, ofOutputs: 1e-5 };

/** Compares some probes in corners, at edges and in the middle, one direction at a time and all in one batch. */
export async function agreement(
  session: Session,
  pieces: LocalSessions,
  probing: Probing,
): Promise<Agreement> {
  const directions = sampledDirections(pieces.plan.boxes);
  const network = await LocalNetwork.around(pieces, probing);
  const together = await network.outputs(directions);
  const size = together.length / directions.length;
  const found: Agreement[] = [];
  for (const [i, direction] of directions.entries()) {
    const whole = await onWholeImages(session, probing, direction);
    const alone = await network.outputs(Int32Array.of(direction));
    const inBatch = together.subarray(i * size, (i + 1) * size);
    found.push(compared(alone, whole), compared(inBatch, whole));
  }
  return found.reduce(worse);
}

/** What the network gives for both probes of a direction, one after the other. */
function onWholeImages(
  session: Session,
  { binding, basis, point, step }: Probing,
  direction: number,
): Promise<Float32Array> {
  const pair = new ProbeBatch(basis, point, step, { batch: 2, layout: binding.layout });
  pair.fill(direction);
  return outputsOf(session, binding, basis.shape, pair.runs[0]);
}

function compared(onBoxes: Float32Array, whole: Float32Array): Agreement {
  if (onBoxes.every((x, i) => x === whole[i])) return 'exact';
  const half = whole.length / 2;
  const change = largest(whole.subarray(0, half), i => whole[i] - whole[half + i]);
  const outputs = largest(whole, i => whole[i]);
  const error = largest(whole, i => onBoxes[i] - whole[i]);
  const allowed = rounding.ofChange * change + rounding.ofOutputs * outputs;
  return error <= allowed ? 'but for rounding' : 'none';
}

const largest = (values: Float32Array, of: (i: number) => number): number =>
  values.reduce((most, _, i) => Math.max(most, Math.abs(of(i))), 0);

const order: readonly Agreement[] = ['exact', 'but for rounding', 'none'];
const worse = (a: Agreement, b: Agreement): Agreement =>
  order[Math.max(order.indexOf(a), order.indexOf(b))];
