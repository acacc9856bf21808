import { float32, type Session } from '@nads/runtime';
import type { Subnetwork } from '../plan/subnetwork.js';
import { differences } from './differences.js';
import type { Numbers } from './numbers.js';

/** Rows in one run of a tail: its layers are small, so that more would not be faster. */
const batch = 512;

/**
 * Secants of a tail from the responses of a body.
 * @param values [rows × width], x₀ + h·d and x₀ − h·d in turn.
 * @param memory where they are put.
 * @returns [rows / 2 × features].
 */
export async function tailSecants(
  session: Session,
  { input, output }: Subnetwork,
  values: Float32Array,
  rows: number,
  step: number,
  memory: Numbers = length => new Float32Array(length),
): Promise<Float32Array> {
  const width = values.length / rows;
  let phi: Float32Array | undefined;
  for (let first = 0; first < rows; first += batch) {
    const count = Math.min(batch, rows - first);
    const part = values.subarray(first * width, (first + count) * width);
    const results = await session.run({ [input]: float32(part, [count, width]) });
    const outputs = results[output].data as Float32Array;
    const features = outputs.length / count;
    phi ??= memory((rows / 2) * features);
    differences(outputs, features, step, phi.subarray((first / 2) * features));
    session.discard?.(results);
  }
  return phi!;
}
