import { joined } from '@nads/linalg';
import { float32, type Session, type Values } from '@nads/runtime';
import type { LocalSessions } from '../draw/local-sessions.js';
import type { ImageBinding } from './image-binding.js';
import { LocalNetwork } from './local/local-network.js';
import { ProbeBatch } from './probe-batch.js';
import type { Probing } from './probing.js';

/**
 * Receives the outputs for some directions.
 * @param values [2 · directions × features] and possibly more, x₀ + h·d and x₀ − h·d in turn.
 * @param directions their numbers.
 */
type Visit = (values: Float32Array, features: number, directions: Int32Array) => void;

/** What can be probed: a network on whole images, or one on boxes of its maps. */
export type Probed = Session | LocalSessions;

/** Runs a network on both probes of every direction, as many directions at a time as a batch holds. */
export const runProbes = (probed: Probed, probing: Probing, visit: Visit): Promise<void> =>
  'stages' in probed ? runOnBoxes(probed, probing, visit) : runOnImages(probed, probing, visit);

async function runOnImages(
  session: Session,
  { binding, basis, point, step, signal }: Probing,
  visit: Visit,
): Promise<void> {
  const batch = new ProbeBatch(basis, point, step, binding);
  for (let first = 0; first < basis.size; first += batch.directions) {
    signal?.throwIfAborted();
    const count = batch.fill(first);
    const directions = Int32Array.from({ length: count }, (_, i) => first + i);
    const results = await outputs(session, batch, binding);
    const parts = results.map(found => found[binding.output].data as Float32Array);
    const values = parts.length === 1 ? parts[0] : joined(Float32Array, parts);
    visit(values, values.length / (2 * batch.directions), directions);
    for (const found of results) session.discard?.(found);
  }
}

/** Runs the images of a probe batch, in as many runs as the model's batch asks for. */
async function outputs(
  session: Session,
  { runs, dims }: ProbeBatch,
  { input }: ImageBinding,
): Promise<readonly Values[]> {
  const results: Values[] = [];
  for (const images of runs) results.push(await session.run({ [input]: float32(images, dims) }));
  return results;
}

async function runOnBoxes(sessions: LocalSessions, probing: Probing, visit: Visit): Promise<void> {
  const { basis, signal } = probing;
  const network = await LocalNetwork.around(sessions, probing);
  const { order, batch } = sessions.plan;
  for (let first = 0; first < basis.size; first += batch / 2) {
    signal?.throwIfAborted();
    const directions = order.subarray(first, first + batch / 2);
    await network.visitOutputs(directions, values =>
      visit(values, values.length / (2 * directions.length), directions),
    );
  }
}
