import { formatShape, inChannels, parseBasis, pixelsOf, type Layout } from '@nads/basis';
import { joined } from '@nads/linalg';
import { writeModel, type ImageInput } from '@nads/onnx';
import {
  NotFinite,
  notFiniteNode,
  probes,
  secants,
  unresolvedShare,
  ownNetwork,
  type ImageBinding,
  type Probing,
  type OwnNetwork,
} from '@nads/probe';
import type { Runtime } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { ownBinding } from './own-binding.js';
import { requireOutputs } from './require-outputs.js';
import { triedSession } from './tried-session.js';

/** Numbers of several points: row-major. */
export interface ProbedPoints {
  readonly shape: readonly number[];
  readonly data: Float32Array;
  /** Of some secants of the first point the share that float32 cannot resolve (`unresolvedShare`); of gradients undefined. */
  readonly unresolved?: number;
}

/** Settings of secants at points. */
export interface SecantSettings {
  /** Which outputs, counted from 0; all if not given. */
  readonly outputs?: readonly number[];
  /** h of (f(x + h e) − f(x − h e)) / 2h; 100 if not given. */
  readonly step?: number;
  /** Of the outputs, or of the features that enter the last linear layer. */
  readonly of?: 'outputs' | 'features';
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
  /** Images in one run. */
  readonly batch?: number;
}

/** A model with its own weights, opened for points of its images. */
export interface PointProbe {
  readonly image: ImageInput;
  /** @param points [C·H·W] each */
  readonly at: (points: readonly Float32Array[]) => Promise<ProbedPoints>;
}

/**
 * Secants of a file's own weights along every pixel: [n, outputs or features, C·H·W].
 * @throws where the model is not an image model, or gives numbers that are not finite, naming the node; OptionError where
 * there is no such output
 */
export function secantsAt(
  source: SourceModel,
  settings: SecantSettings,
  environment: Environment,
): PointProbe {
  const { name, model } = source;
  const { step = 100, outputs, batch, ...options } = settings;
  const own = about(name, () => ownNetwork(model, options));
  const binding = about(name, () => ownBinding(own, batch));
  return {
    image: own.image,
    at: points =>
      about(name, async () => {
        requirePoints(points, own.image);
        const probing = { binding, outputs, step };
        const { values: all, unresolved } = await allSecants(own, points, probing, environment);
        const pixels = pixelsOf(own.image);
        const shape = [points.length, all.length / points.length / pixels, pixels];
        return { shape, data: all, unresolved };
      }),
  };
}

/** @throws where points are not images of the model. */
export function requirePoints(points: readonly Float32Array[], image: ImageInput): void {
  if (points.length === 0) throw new Error('no points given');
  const wrong = points.findIndex(({ length }) => length !== pixelsOf(image));
  if (wrong >= 0)
    throw new Error(
      `point ${wrong} has ${points[wrong].length} numbers, the model takes ${formatShape(image)}`,
    );
}

/** What is wanted of a network. */
interface Wanted {
  readonly binding: ImageBinding;
  readonly outputs?: readonly number[];
  readonly step: number;
}

async function allSecants(
  { network, image }: OwnNetwork,
  points: readonly Float32Array[],
  { binding, outputs, step }: Wanted,
  { runtime, onProgress, signal }: Environment,
): Promise<{ readonly values: Float32Array; readonly unresolved: number }> {
  const model = writeModel(network);
  const session = await runtime.createSession(model);
  const trial = await triedSession(session, image, binding);
  const batch = trial.mixesImages ? 1 : binding.batch;
  const chosen = outputs ?? Array.from({ length: trial.outputs }, (_, k) => k);
  requireOutputs(chosen, trial.outputs);
  const basis = inChannels(parseBasis('pixels', image), image);
  const probing = { binding: { ...binding, batch }, basis, step, signal };
  const results: Float32Array[] = [];
  for (const point of points) {
    const phi = await secants(session, { ...probing, point }).catch((error: Error) =>
      blame(runtime, model, { ...probing, point }, error),
    );
    results.push(columns(phi, basis.size, chosen));
    onProgress?.({ unit: 'points', done: results.length, total: points.length });
  }
  const unresolved = await unresolvedShare(session, { ...probing, point: points[0] });
  return { values: joined(Float32Array, results), unresolved };
}

/** @throws the error, with the node that is to blame where numbers are not finite. */
async function blame(
  runtime: Runtime,
  model: Uint8Array,
  probing: Probing,
  error: Error,
): Promise<never> {
  if (!(error instanceof NotFinite)) throw error;
  const binding = { ...probing.binding, batch: Math.min(2, probing.binding.batch) };
  throw error.at(await notFiniteNode(runtime, model, {}, probes({ ...probing, binding })));
}

/** Some columns of [rows × all columns], as [columns × rows]. */
function columns(values: Float32Array, rows: number, chosen: readonly number[]): Float32Array {
  const all = values.length / rows;
  const out = new Float32Array(chosen.length * rows);
  chosen.forEach((column, k) => {
    for (let i = 0; i < rows; i++) out[k * rows + i] = values[i * all + column];
  });
  return out;
}
