import type { Session } from '@nads/runtime';
import type { Probing } from './probing.js';
import { runProbes } from './run-probes.js';

/**
 * The outputs that secants are differences of, as [2 · directions × outputs] row-major: row 2j at
 * x₀ + h·d_j, row 2j + 1 at x₀ − h·d_j.
 */
export async function responses(session: Session, probing: Probing): Promise<Float32Array> {
  const { basis } = probing;
  let all: Float32Array | undefined;
  await runProbes(session, probing, (values, features, first, count) => {
    all ??= new Float32Array(2 * basis.size * features);
    all.set(values.subarray(0, 2 * count * features), 2 * first * features);
  });
  return all!;
}
