import type { Random } from '@nads/linalg';
import type { Progress, StopSignal } from '@nads/runtime';
import type { Batch, Engine } from '../engines/engine.js';
import { countCorrect } from '../engines/one-hot.js';
import type { Schedule } from '../optimizers/schedule.js';

/** A whole set in memory. */
export interface TrainingSet {
  /** [n × C·H·W] */
  readonly images: Float32Array;
  /** [n] */
  readonly labels: Int32Array;
}

/** Steps that are done, and how the last one went. */
export interface TrainingProgress extends Progress {
  /** From 0 on. */
  readonly epoch: number;
  readonly rate: number;
  readonly loss: number;
}

/** Means over the steps of an epoch. */
export interface EpochResult {
  readonly epoch: number;
  readonly loss: number;
  /** Share of images that were classified correctly before the step that they took part in. */
  readonly accuracy: number;
}

/** How far a training has come. */
export interface TrainingPosition {
  /** Epochs that are done. */
  readonly epochs: number;
  /** Steps of the next one that are done. */
  readonly steps: number;
  /** What these add to the mean loss of the epoch. */
  readonly loss: number;
  /** Images that they classified correctly. */
  readonly correct: number;
}

/** Options of `fit`. */
export interface FitOptions {
  readonly epochs: number;
  readonly batch: number;
  readonly schedule: Schedule;
  /** Where the order of images comes from. */
  readonly random: Random;
  /** Where it is to begin, the state of the engine restored; at the first step if not given. */
  readonly from?: TrainingPosition;
  /** Called after every step. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Checked before every step. */
  readonly signal?: StopSignal;
  /** Called after every step but the last of an epoch, and waited for: to keep a checkpoint now and then. */
  readonly onStep?: (position: TrainingPosition) => void | Promise<void>;
  /** Called after every epoch, and waited for: to keep a checkpoint. */
  readonly onEpoch?: (result: EpochResult) => void | Promise<void>;
}

/** Training ended in numbers that are not finite. */
export class Diverged extends Error {
  readonly step: number;
  readonly loss: number;
  constructor(step: number, loss: number) {
    super(`the loss is ${loss} after ${step} steps; a smaller \`rate\` or \`clip\` may help`);
    [this.step, this.loss] = [step, loss];
  }
}

/**
 * Trains over a set, in a new order each epoch; the last batch of an epoch may be smaller. The order of epoch e depends on
 * the seed and e alone, so that a training that goes on from some step is the same as one that never stopped.
 * @throws Diverged where a loss is not finite.
 */
export async function fit(
  engine: Engine,
  set: TrainingSet,
  options: FitOptions,
): Promise<readonly EpochResult[]> {
  const { epochs, batch, from = atStart(0), onEpoch } = options;
  requireSet(set);
  const perEpoch = Math.ceil(set.labels.length / batch);
  const results: EpochResult[] = [];
  for (let epoch = from.epochs; epoch < epochs; epoch++) {
    const position = epoch === from.epochs ? from : atStart(epoch);
    const result = await oneEpoch(engine, set, options, { position, perEpoch });
    results.push(result);
    await onEpoch?.(result);
  }
  return results;
}

/** Before the first step of an epoch. */
const atStart = (epochs: number): TrainingPosition => ({ epochs, steps: 0, loss: 0, correct: 0 });

async function oneEpoch(
  engine: Engine,
  set: TrainingSet,
  { epochs, batch, schedule, random, onProgress, onStep, signal }: FitOptions,
  { position, perEpoch }: { readonly position: TrainingPosition; readonly perEpoch: number },
): Promise<EpochResult> {
  const epoch = position.epochs;
  const count = set.labels.length;
  const order = random.fork(epoch).permutation(count);
  const steps = epochs * perEpoch;
  let { loss, correct } = position;
  for (let k = position.steps; k < perEpoch; k++) {
    signal?.throwIfAborted();
    const step = epoch * perEpoch + k;
    const rate = schedule(step, steps);
    const part = order.subarray(k * batch, Math.min(count, (k + 1) * batch));
    const result = await engine.step(gather(set, part), rate);
    if (!Number.isFinite(result.loss)) throw new Diverged(step, result.loss);
    loss += (result.loss * part.length) / count;
    correct += result.correct;
    const note = `loss ${result.loss.toFixed(4)}`;
    const how = { epoch, rate, loss: result.loss, note };
    onProgress?.({ unit: 'steps', done: step + 1, total: steps, ...how });
    if (k + 1 < perEpoch) await onStep?.({ epochs: epoch, steps: k + 1, loss, correct });
  }
  return { epoch, loss, accuracy: correct / count };
}

/** Share of a set that a network classifies correctly, in evaluation mode. */
export async function accuracy(engine: Engine, { images, labels }: TrainingSet): Promise<number> {
  return countCorrect(await engine.predict(images), labels) / labels.length;
}

function gather({ images, labels }: TrainingSet, indices: ArrayLike<number>): Batch {
  const pixels = images.length / labels.length;
  const some = new Float32Array(indices.length * pixels);
  const chosen = new Int32Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i] * pixels;
    some.set(images.subarray(from, from + pixels), i * pixels);
    chosen[i] = labels[indices[i]];
  }
  return { images: some, labels: chosen };
}

function requireSet({ images, labels }: TrainingSet): void {
  if (labels.length === 0 || images.length % labels.length !== 0)
    throw new Error(
      `a set of ${images.length} numbers does not divide into ${labels.length} images`,
    );
}
