import { joined } from '@nads/linalg';
import { float32, type Session } from '@nads/runtime';
import type { ImageBinding } from './image-binding.js';
import { ProbeBatch } from './probe-batch.js';
import type { Probing } from './probing.js';

/**
 * Receives the outputs for some directions.
 * @param values [2 · count × features] and possibly more, x₀ + h·d and x₀ − h·d in turn.
 * @param first the first direction.
 */
type Visit = (values: Float32Array, features: number, first: number, count: number) => void;

/** Runs a session on both probes of every direction, as many directions at a time as a batch holds. */
export async function runProbes(
  session: Session,
  { binding, basis, point, step, signal }: Probing,
  visit: Visit,
): Promise<void> {
  const batch = new ProbeBatch(basis, point, step, binding);
  for (let first = 0; first < basis.size; first += batch.directions) {
    signal?.throwIfAborted();
    const count = batch.fill(first);
    const values = await outputs(session, binding, batch);
    visit(values, values.length / (2 * batch.directions), first, count);
  }
}

/** Runs the images of a probe batch, in as many runs as the model's batch asks for. */
async function outputs(
  session: Session,
  { input, output }: ImageBinding,
  batch: ProbeBatch,
): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for (const images of batch.runs) {
    const results = await session.run({ [input]: float32(images, batch.dims) });
    parts.push(results[output].data as Float32Array);
  }
  return parts.length === 1 ? parts[0] : joined(Float32Array, parts);
}
