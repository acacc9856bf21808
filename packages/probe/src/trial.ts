import { Random } from '@nads/linalg';
import { float32, type Session } from '@nads/runtime';
import { batchOf, pixelsOf } from './image-shape.js';
import type { NetworkProbe } from './network-probe.js';
import type { Plan } from './plan.js';

/** What the first network of a plan shows before the work begins. */
export interface Trial {
  /** Whether the images of a batch do not influence each other. */
  readonly independent: boolean;
  readonly secondsPerImage: number;
}

/** Largest relative difference that rounding can make between an image alone and in a batch. */
const rounding = 1e-3;

/**
 * Runs the first network on one batch of noise, and two of its images alone.
 * @throws what the runtime says of the model, and where the network gives no finite numbers.
 */
export function trial(probe: NetworkProbe, plan: Plan): Promise<Trial> {
  return probe.withBody(0, async session => {
    const images = new Float32Array(plan.batch * pixelsOf(plan.shape));
    new Random('trial').fillNormal(images, 0, 1);
    const together = await run(session, plan, images, plan.batch);
    const started = performance.now();
    await run(session, plan, images, plan.batch);
    const secondsPerImage = (performance.now() - started) / 1000 / plan.batch;
    return { independent: await isIndependent(session, plan, images, together), secondsPerImage };
  });
}

async function run(
  session: Session,
  plan: Plan,
  images: Float32Array,
  n: number,
): Promise<Float32Array> {
  const outputs = await session.run({
    [plan.body.input]: float32(images, batchOf(n, plan.shape, plan.layout)),
  });
  const values = outputs[plan.body.output].data as Float32Array;
  const bad = values.find(x => !Number.isFinite(x));
  if (bad !== undefined)
    throw new Error(
      `the network gives ${bad} on noise with weights drawn by '${plan.init}'; try another --init`,
    );
  return values;
}

async function isIndependent(
  session: Session,
  plan: Plan,
  images: Float32Array,
  together: Float32Array,
): Promise<boolean> {
  if (plan.batch < 2) return true;
  const [pixels, features] = [pixelsOf(plan.shape), together.length / plan.batch];
  for (const i of [0, plan.batch - 1]) {
    const alone = await run(session, plan, images.slice(i * pixels, (i + 1) * pixels), 1).catch(
      () => undefined,
    );
    if (alone && !agree(alone, together.subarray(i * features, (i + 1) * features))) return false;
  }
  return true;
}

function agree(a: Float32Array, b: Float32Array): boolean {
  const scale = a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return a.every((x, i) => Math.abs(x - b[i]) <= rounding * scale);
}
