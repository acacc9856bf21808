import { Random } from '@nads/linalg';
import type { Session, Values } from '@nads/runtime';
import { pixelsOf } from '@nads/basis';
import { imageInputs, isIndependent, outputsOf } from './secants/independence.js';
import { seededRuns } from './secants/jacobian.js';
import type { NetworkProbe } from './network-probe.js';
import { NotFinite } from '../not-finite/not-finite.js';
import type { Plan } from './plan/plan.js';
import { probeFailed, probes, type Probing } from './secants/secants.js';

/** What the first network of a plan shows before the work begins. */
export interface DryRun {
  /** Whether the images of a batch do not influence each other. */
  readonly independent: boolean;
  readonly secondsPerImage: number;
}

/**
 * Runs the first network on one batch of noise and two of its images alone, and on the first probes.
 * @throws what the runtime says of the model, and where the network gives no finite numbers.
 */
export function dryRun(probe: NetworkProbe, plan: Plan): Promise<DryRun> {
  const { body, layout, batch, shape, step, points } = plan;
  const { input, output, seed } = body;
  const binding = { input, output, seed, layout, batch };
  const probing = { binding, basis: probe.basis, point: points[0], step };
  const images = new Float32Array(batch * pixelsOf(shape));
  new Random('trial').fillNormal(images, 0, 1);
  const few = images.subarray(0, 2 * pixelsOf(shape));
  return probe.withBody(
    0,
    [imageInputs(binding, shape, few), ...firstOf(probing)],
    async session => {
      const together = await outputsOf(session, binding, shape, images);
      requireFinite(together, 'on noise, with weights drawn afresh; try another `init`');
      return {
        independent: await isIndependent(session, binding, shape, images, together),
        secondsPerImage: await timePerImage(session, probing),
      };
    },
  );
}

function* firstOf(probing: Probing): Generator<Values> {
  const runs = probing.binding.seed ? seededRuns(probing, 1) : probes(probing);
  for (const inputs of runs) return yield inputs;
}
function requireFinite(values: Float32Array, circumstances: string): void {
  const bad = values.find(x => !Number.isFinite(x));
  if (bad !== undefined) throw new NotFinite(bad, circumstances);
}

async function timePerImage(session: Session, probing: Probing): Promise<number> {
  const [inputs] = firstOf(probing);
  const started = performance.now();
  const outputs = await session.run(inputs);
  const seconds = (performance.now() - started) / 1000;
  requireFinite(outputs[probing.binding.output].data as Float32Array, probeFailed(probing.step));
  return seconds / probing.binding.batch;
}
