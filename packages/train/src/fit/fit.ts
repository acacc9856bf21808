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

/** Options of `fit`. */
export interface FitOptions {
  readonly epochs: number;
  readonly batch: number;
  readonly schedule: Schedule;
  /** Where the order of images comes from. */
  readonly random: Random;
  /** Epochs that are done already, their state restored. */
  readonly epochsDone?: number;
  /** Called after every step. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Checked before every step. */
  readonly signal?: StopSignal;
  /** Called after every epoch, and waited for: to keep a checkpoint. */
  readonly onEpoch?: (result: EpochResult) => void | Promise<void>;
}

/** Training ended in numbers that are not finite. */
export class Diverged extends Error {
  readonly step: number;
  constructor(step: number, loss: number) {
    super(`the loss is ${loss} after ${step} steps; a smaller \`rate\` or \`clip\` may help`);
    this.step = step;
  }
}

/**
 * Trains over a set, in a new order each epoch; the last batch of an epoch may be smaller. The order of epoch e depends on
 * the seed and e alone, so that a resumed training is the same as one that never stopped.
 * @throws Diverged where a loss is not finite.
 */
export async function fit(
  engine: Engine,
  set: TrainingSet,
  options: FitOptions,
): Promise<readonly EpochResult[]> {
  const { epochs, batch, epochsDone = 0, onEpoch } = options;
  requireSet(set);
  const perEpoch = Math.ceil(set.labels.length / batch);
  const results: EpochResult[] = [];
  for (let epoch = epochsDone; epoch < epochs; epoch++) {
    const result = await oneEpoch(engine, set, options, { epoch, perEpoch });
    results.push(result);
    await onEpoch?.(result);
  }
  return results;
}

async function oneEpoch(
  engine: Engine,
  set: TrainingSet,
  { epochs, batch, schedule, random, onProgress, signal }: FitOptions,
  { epoch, perEpoch }: { readonly epoch: number; readonly perEpoch: number },
): Promise<EpochResult> {
  const count = set.labels.length;
  const order = random.fork(epoch).permutation(count);
  const steps = epochs * perEpoch;
  let [loss, correct] = [0, 0];
  for (let k = 0; k < perEpoch; k++) {
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
