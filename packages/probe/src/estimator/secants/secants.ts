import type { Session } from '@nads/runtime';
import { differences } from './differences.js';
import type { Probing } from './probing.js';
import { runProbes } from './run-probes.js';

/**
 * Central differences along every direction of a basis,
 * Φ[j, k] = (f_k(x₀ + h·d_j) − f_k(x₀ − h·d_j)) / (2h), as [directions × outputs] row-major
 * (Ortiz-Jiménez et al. 2020, with h = 100).
 * @throws NotFinite where the model gives numbers that are not finite.
 */
export async function secants(session: Session, probing: Probing): Promise<Float32Array> {
  const { basis, step } = probing;
  let phi: Float32Array | undefined;
  await runProbes(session, probing, (values, features, first, count) => {
    phi ??= new Float32Array(basis.size * features);
    const used = values.subarray(0, 2 * count * features);
    differences(used, features, step, phi.subarray(first * features));
  });
  return phi!;
}
