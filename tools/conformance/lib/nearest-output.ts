import { InferenceSession, Tensor } from 'onnxruntime-node';
import { Random } from '@nads/linalg';
import type { Floats } from './read-floats.ts';

/** Steps that are tried: the best one counts, since rounding spoils small ones and kinks large ones. */
const steps = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1];

/**
 * How far gradients are from central differences of what onnxruntime gives for a file, relatively, for that of its outputs
 * that they fit best.
 * @param points [n, …]; @param gradients [n, k, …], of an output [n, k].
 */
export async function nearestOutput(
  bytes: Uint8Array,
  points: Floats,
  gradients: Floats,
): Promise<number> {
  const [count, width] = gradients.shape;
  const seeds = new Float64Array(width);
  new Random('seeds').fillNormal(seeds, 0, 1);
  const direction = combined(seeds, gradients);
  const norm = Math.hypot(...direction);
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    logSeverityLevel: 4,
  });
  const moved = async (step: number): Promise<InferenceSession.ReturnType> => {
    const data = Float32Array.from(points.data, (x, i) => x + (step * direction[i]) / norm);
    return session.run({ [session.inputNames[0]]: new Tensor('float32', data, points.shape) });
  };
  try {
    const errors: number[] = [];
    for (const step of steps) {
      const [above, below] = [await moved(step), await moved(-step)];
      for (const name of session.outputNames)
        if (above[name].size === count * width) {
          const rise = weighted(seeds, above[name]) - weighted(seeds, below[name]);
          errors.push(Math.abs(rise / (2 * step * norm) - 1));
        }
    }
    return Math.min(...errors);
  } finally {
    await session.release();
  }
}

/** The gradient of Σ seed · output at every point. */
function combined(seeds: Float64Array, { shape, data }: Floats): Float64Array {
  const [count, width] = shape;
  const pixels = data.length / (count * width);
  const sum = new Float64Array(count * pixels);
  for (let i = 0; i < data.length; i++) {
    const row = Math.floor(i / pixels);
    sum[Math.floor(row / width) * pixels + (i % pixels)] += seeds[row % width] * data[i];
  }
  return sum;
}

/** Σ seed · output over all points. */
function weighted(seeds: Float64Array, { data }: Tensor): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += seeds[i % seeds.length] * Number(data[i]);
  return sum;
}
