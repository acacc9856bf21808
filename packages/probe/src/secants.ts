import { joined } from '@nads/linalg';
import type { Layout } from '@nads/onnx';
import { float32, type Session, type StopSignal, type Values } from '@nads/runtime';
import type { Basis } from '@nads/basis';
import type { Seed } from './plan.js';
import { NotFinite } from './not-finite.js';
import { ProbeBatch } from './probe-batch.js';

/** How a session takes images. */
export interface Intake {
  readonly input: string;
  readonly output: string;
  readonly layout: Layout;
  /** Images in one run. */
  readonly batch: number;
  /** What takes ∂s/∂y where `output` is a gradient. */
  readonly seed?: Seed;
}

/** What is probed where. */
export interface Probing {
  readonly intake: Intake;
  readonly basis: Basis;
  /** x₀ [C, H, W]. */
  readonly point: Float32Array;
  /** h. */
  readonly step: number;
  /** Asked before every run. */
  readonly signal?: StopSignal;
}

/**
 * Central differences along every direction of a basis,
 * Φ[j, k] = (f_k(x₀ + h·d_j) − f_k(x₀ − h·d_j)) / (2h), as [directions × outputs] row-major
 * (Ortiz-Jiménez et al. 2020, with h = 100).
 * @throws where the model gives numbers that are not finite.
 */
export async function secants(session: Session, probing: Probing): Promise<Float32Array> {
  const { basis, step } = probing;
  let phi: Float32Array | undefined;
  await run(session, probing, (values, features, first, count) => {
    phi ??= new Float32Array(basis.size * features);
    differences(
      values.subarray(0, 2 * count * features),
      features,
      step,
      phi.subarray(first * features),
    );
  });
  return phi!;
}

/**
 * The outputs that secants are differences of, as [2 · directions × outputs] row-major: row 2j at
 * x₀ + h·d_j, row 2j + 1 at x₀ − h·d_j.
 */
export async function responses(session: Session, probing: Probing): Promise<Float32Array> {
  const { basis } = probing;
  let all: Float32Array | undefined;
  await run(session, probing, (values, features, first, count) => {
    all ??= new Float32Array(2 * basis.size * features);
    all.set(values.subarray(0, 2 * count * features), 2 * first * features);
  });
  return all!;
}

/**
 * Differences of neighbouring rows over 2h.
 * @param values [2n × features]; @param out [n × features].
 * @throws where a value is not finite.
 */
export function differences(
  values: Float32Array,
  features: number,
  step: number,
  out: Float32Array,
): void {
  const scale = 1 / (2 * step);
  for (let plus = 0, at = 0; plus < values.length; plus += 2 * features)
    for (let k = 0; k < features; k++) {
      const difference = (values[plus + k] - values[plus + features + k]) * scale;
      if (!Number.isFinite(difference))
        throw new NotFinite(values[plus + k] - values[plus + features + k], probeFailed(step));
      out[at++] = difference;
    }
}

/** The inputs of a probe's runs, each of which is overwritten by the next. */
export function* probes({ intake, basis, point, step }: Probing): Generator<Values> {
  const batch = new ProbeBatch(basis, point, step, intake);
  for (let first = 0; first < basis.size; first += batch.directions) {
    batch.fill(first);
    for (const images of batch.runs) yield { [intake.input]: float32(images, batch.dims) };
  }
}

/** What a network was given that gave numbers that are not finite, and what to try. */
export const probeFailed = (step: number): string =>
  `for a probe of step ${step}; try a smaller \`step\` or another \`init\``;

type Visit = (values: Float32Array, features: number, first: number, count: number) => void;

async function run(
  session: Session,
  { intake, basis, point, step, signal }: Probing,
  visit: Visit,
): Promise<void> {
  const batch = new ProbeBatch(basis, point, step, intake);
  for (let first = 0; first < basis.size; first += batch.directions) {
    signal?.throwIfAborted();
    const count = batch.fill(first);
    const values = await outputs(session, intake, batch);
    visit(values, values.length / (2 * batch.directions), first, count);
  }
}

/** Runs the images of a probe batch, in as many runs as the model's batch asks for. */
async function outputs(
  session: Session,
  { input, output }: Intake,
  batch: ProbeBatch,
): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for (const images of batch.runs) {
    const results = await session.run({ [input]: float32(images, batch.dims) });
    parts.push(results[output].data as Float32Array);
  }
  return parts.length === 1 ? parts[0] : joined(Float32Array, parts);
}
