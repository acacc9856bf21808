import type { Numbers } from './numbers.js';
import type { Probing } from './probing.js';
import { runProbes, type Probed } from './run-probes.js';

/**
 * The outputs that secants are differences of, as [2 · directions × outputs] row-major: row 2j at
 * x₀ + h·d_j, row 2j + 1 at x₀ − h·d_j.
 * @param memory where they are put.
 */
export async function responses(
  probed: Probed,
  probing: Probing,
  memory: Numbers = length => new Float32Array(length),
): Promise<Float32Array> {
  const { basis } = probing;
  let all: Float32Array | undefined;
  await runProbes(probed, probing, (values, features, directions) => {
    const pair = 2 * features;
    all ??= memory(basis.size * pair);
    for (const [i, j] of directions.entries())
      all.set(values.subarray(i * pair, (i + 1) * pair), j * pair);
  });
  return all!;
}
