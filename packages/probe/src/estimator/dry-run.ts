import { pixelsOf } from '@nads/basis';
import { Random } from '@nads/linalg';
import type { Session, StopSignal, Values } from '@nads/runtime';
import { NotFinite } from '../not-finite/not-finite.js';
import type { LocalSessions } from './draw/local-sessions.js';
import type { NetworkProbe } from './network-probe.js';
import type { Plan } from './plan/plan.js';
import { imageBinding } from './secants/image-binding.js';
import { imageInputs } from './secants/image-inputs.js';
import { isIndependent } from './secants/is-independent.js';
import { agreement, type Agreement } from './secants/local/agreement.js';
import { LocalNetwork } from './secants/local/local-network.js';
import { outputsOf } from './secants/outputs-of.js';
import { probeFailed } from './secants/probe-failed.js';
import { probes } from './secants/probes.js';
import type { Probing } from './secants/probing.js';
import { seededRuns } from './secants/seeded-runs.js';
import { unresolvedShare } from './secants/unresolved-share.js';

/** What the first network of a plan shows before the work begins. */
export interface DryRun {
  /** Whether outputs do not depend on the other images of the batch. */
  readonly independent: boolean;
  /** How probes on boxes of maps compare with those on whole images, where the plan has both. */
  readonly agreement?: Agreement;
  /** Why they do not, where a runtime refused to run them. */
  readonly obstacle?: string;
  /** Of secants: the share of some that float32 cannot resolve. */
  readonly unresolved?: number;
  /** On boxes, where these agree. */
  readonly secondsPerImage: number;
}

/**
 * Runs the first network on one batch of noise, on two of its images alone, and on the first probes.
 * @param signal looked at between runs
 * @throws what the runtime says of the model; NotFinite where the network gives numbers that are not finite; the signal's reason.
 */
export function dryRun(probe: NetworkProbe, plan: Plan, signal?: StopSignal): Promise<DryRun> {
  const { batch, shape, step, points } = plan;
  const binding = imageBinding(plan);
  const probing = { binding, basis: probe.basis, point: points[0], step };
  const images = new Float32Array(batch * pixelsOf(shape));
  new Random('trial').fillNormal(images, 0, 1);
  const few = images.subarray(0, 2 * pixelsOf(shape));
  const inputs = [imageInputs(binding, shape, few), ...firstOf(probing)];
  return probe.networks.withBody(0, inputs, async session => {
    const together = await outputsOf(session, binding, shape, images);
    requireFinite(together, 'on noise, with fresh weights; try another `init`');
    signal?.throwIfAborted();
    const independent = await isIndependent(session, binding, shape, images, together);
    signal?.throwIfAborted();
    const secondsPerImage = await timePerImage(session, probing);
    signal?.throwIfAborted();
    if (!independent) return { independent, secondsPerImage };
    const unresolved = binding.seed ? undefined : await unresolvedShare(session, probing);
    const found = { independent, secondsPerImage, unresolved };
    const trial = { probe, probing, inputs, signal };
    return { ...found, ...(await tryAllOnBoxes(session, trial)) };
  });
}

/** What boxes are tried with. */
interface Trial {
  readonly probe: NetworkProbe;
  readonly probing: Probing;
  readonly inputs: readonly Values[];
  readonly signal?: StopSignal;
}

/** What is run on boxes in a plan: the worst agreement, and the time of what comes first. */
async function tryAllOnBoxes(
  session: Session,
  { probe, probing, inputs, signal }: Trial,
): Promise<Partial<DryRun>> {
  const tried: Partial<DryRun>[] = [];
  for (const { basis, local } of probe.onBoxes) {
    signal?.throwIfAborted();
    const onBoxes = (pieces: LocalSessions) => tryOnBoxes(session, pieces, { ...probing, basis });
    tried.push(await probe.networks.withPieces(0, local, inputs, onBoxes).catch(refused));
  }
  return tried.find(({ agreement: found }) => found === 'none') ?? worstOf(tried);
}

const worstOf = (tried: readonly Partial<DryRun>[]): Partial<DryRun> => ({
  ...tried[0],
  ...(tried.find(({ agreement: found }) => found === 'but for rounding') && {
    agreement: 'but for rounding',
  }),
});

/** How probes on boxes compare; where they agree, the time that they take. */
async function tryOnBoxes(
  session: Session,
  pieces: LocalSessions,
  probing: Probing,
): Promise<Partial<DryRun>> {
  const found = await agreement(session, pieces, probing);
  if (found === 'none') return { agreement: found };
  return { agreement: found, secondsPerImage: await timeOnBoxes(pieces, probing) };
}

/** What stands in the way of boxes does not stand in the way of whole images. */
const refused = (error: Error): Partial<DryRun> => ({ agreement: 'none', obstacle: error.message });

/** The time of a batch in the middle, run twice since the first time nothing is in place. */
async function timeOnBoxes(pieces: LocalSessions, probing: Probing): Promise<number> {
  const network = await LocalNetwork.around(pieces, probing);
  const { order, batch } = pieces.plan;
  const middle = Math.floor(order.length / batch) * (batch / 2);
  const directions = order.subarray(middle, middle + batch / 2);
  await network.outputs(directions);
  const started = performance.now();
  await network.outputs(directions);
  return (performance.now() - started) / 1000 / (2 * directions.length);
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
