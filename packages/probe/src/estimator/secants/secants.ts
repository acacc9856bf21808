import { differences } from './differences.js';
import type { Numbers } from './numbers.js';
import type { Probing } from './probing.js';
import { runProbes, type Probed } from './run-probes.js';

/**
 * Central differences along every direction of a basis,
 * Φ[j, k] = (f_k(x₀ + h·d_j) − f_k(x₀ − h·d_j)) / (2h), as [directions × outputs] row-major
 * (Ortiz-Jiménez et al. 2020, with h = 100).
 * @param memory where they are put.
 * @throws NotFinite where the model gives numbers that are not finite.
 */
export async function secants(
  probed: Probed,
  probing: Probing,
  memory: Numbers = length => new Float32Array(length),
): Promise<Float32Array> {
  const { basis, step } = probing;
  let phi: Float32Array | undefined;
  await runProbes(probed, probing, (values, features, directions) => {
    phi ??= memory(basis.size * features);
    for (const [i, j] of directions.entries()) {
      const pair = values.subarray(2 * i * features, 2 * (i + 1) * features);
      differences(pair, features, step, phi.subarray(j * features));
    }
  });
  return phi!;
}
