import type { Random } from '@nads/linalg';
import { differentiate, writeModel, type Inference } from '@nads/onnx';
import { NotFinite } from '@nads/probe';
import { float32, type Runtime, type Session } from '@nads/runtime';
import type { AnalysedNetwork } from './analysed-network.js';
import {
  curvatures,
  lossDerivatives,
  type BatchDerivatives,
  type Minibatch,
} from './batch-derivatives.js';
import { needsNoData, type Criterion } from './criterion.js';
import { crossEntropy } from './cross-entropy.js';
import type { Filters } from './filters.js';
import { gateModel } from './gate-model.js';
import { rowSums } from './row-sums.js';
import { sensitivityModel } from './sensitivity-model.js';
import type { Unit } from './unit.js';
import { magnitudes, scales, weightTaylor } from './weight-importance.js';

/** What importance is measured of. */
export interface Subject {
  readonly analysed: AnalysedNetwork;
  /** Values of the network's constants. */
  readonly inference: Inference;
  readonly units: readonly Unit[];
  readonly classes: number;
}

/** What it is measured with. */
export interface Means {
  readonly runtime: Runtime;
  readonly batches: AsyncIterable<Minibatch> | Iterable<Minibatch>;
  readonly random: Random;
  readonly signal?: { throwIfAborted(): void };
}

/**
 * The importance of every unit by a criterion, the mean over minibatches where it needs data.
 * @throws NotFinite where the loss is not finite; NoGradient where an operator has no gradient, naming it.
 */
export async function measureImportance(
  subject: Subject,
  criterion: Criterion,
  means: Means,
): Promise<Float64Array> {
  if (needsNoData(criterion)) return ofWeights(subject, criterion, means.random);
  const measure = await measureOf(subject, criterion, means.runtime);
  try {
    return await meanOver(subject.units.length, means, measure.ofBatch);
  } finally {
    await measure.release();
  }
}

function ofWeights(
  { analysed: { filters }, inference, units }: Subject,
  criterion: Criterion,
  random: Random,
): Float64Array {
  if (criterion === 'random') return Float64Array.from(units, () => random.next());
  const of = criterion === 'scale' ? scales : magnitudes;
  return of(inference, filters, units);
}

/** The importance of units in one minibatch. */
type OfBatch = (batch: Minibatch) => Promise<Float64Array>;

async function meanOver(
  size: number,
  { batches, signal }: Means,
  ofBatch: OfBatch,
): Promise<Float64Array> {
  const sum = new Float64Array(size);
  let count = 0;
  for await (const batch of batches) {
    signal?.throwIfAborted();
    (await ofBatch(batch)).forEach((value, i) => (sum[i] += value));
    count++;
  }
  return sum.map(value => value / count);
}

interface Measure {
  readonly ofBatch: OfBatch;
  readonly release: () => Promise<void>;
}

function measureOf(subject: Subject, criterion: Criterion, runtime: Runtime): Promise<Measure> {
  if (criterion === 'weight-taylor') return weightMeasure(subject, runtime);
  if (criterion === 'row' || criterion === 'row-layer')
    return rowMeasure(subject, criterion === 'row' ? 'network' : 'layer', runtime);
  return gateMeasure(subject, criterion, runtime);
}

async function gateMeasure(
  { analysed, units, classes }: Subject,
  criterion: Criterion,
  runtime: Runtime,
): Promise<Measure> {
  const isCurved = criterion === 'diagonal';
  const model = sensitivityModel(analysed, isCurved ? 'logit' : 'loss');
  const session = await runtime.createSession(model.model);
  const derivatives = isCurved ? curvatures : lossDerivatives;
  return {
    release: () => session.release(),
    ofBatch: async batch => {
      const found = await derivatives({ session, model, classes }, units, batch);
      requireFinite(found.loss);
      return byGates(found, criterion);
    },
  };
}

function byGates({ first, perExample, second }: BatchDerivatives, criterion: Criterion) {
  if (criterion === 'per-example') return perExample;
  return first.map((slope, i) => (slope - (second ? second[i] / 2 : 0)) ** 2);
}

async function rowMeasure(
  subject: Subject,
  over: 'network' | 'layer',
  runtime: Runtime,
): Promise<Measure> {
  const { analysed, units, classes } = subject;
  const { filters } = analysed;
  const [first, second] = [sensitivityModel(analysed, 'loss'), gateModel(analysed)];
  const session = await runtime.createSession(first.model);
  const curved = await runtime.createSession(second.model);
  return {
    release: () => releaseAll([session, curved]),
    ofBatch: async batch => {
      const slopes = await lossDerivatives({ session, model: first, classes }, units, batch);
      requireFinite(slopes.loss);
      const rows = { session: curved, model: second, classes };
      const sums = await rowSums(rows, filters, units, batch, over);
      return slopes.first.map((slope, i) => (slope - sums[i] / 2) ** 2);
    },
  };
}

async function releaseAll(sessions: readonly Session[]): Promise<void> {
  for (const session of sessions) await session.release();
}

async function weightMeasure(
  { analysed, inference, units, classes }: Subject,
  runtime: Runtime,
): Promise<Measure> {
  const { network, output, filters, image } = analysed;
  const names = [...new Set(filters.map(({ weight }) => weight))];
  const derivative = differentiate(network, { wrt: names, of: [output], keepOutputs: true });
  const session = await runtime.createSession(writeModel(derivative.model));
  const run = (batch: Minibatch, seed: Float32Array) =>
    session.run({
      [image.name]: batch.images,
      [derivative.seeds[0]]: float32(seed, [batch.labels.length, classes]),
    });
  return {
    release: () => session.release(),
    ofBatch: async batch => {
      const { labels } = batch;
      const still = await run(batch, new Float32Array(labels.length * classes));
      const { probabilities, loss } = crossEntropy(still[output].data as Float32Array, labels);
      requireFinite(loss);
      const found = await run(batch, slopesOfLogits(probabilities, labels, classes));
      const slopeOf = ({ weight }: Filters): Float32Array =>
        found[derivative.gradients[names.indexOf(weight)]].data as Float32Array;
      return weightTaylor(inference, filters, units, filters.map(slopeOf));
    },
  };
}

/** (p − 1 at the label)/N. */
const slopesOfLogits = (
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
): Float32Array =>
  Float32Array.from(probabilities, (p, i) => {
    const isLabel = labels[Math.floor(i / classes)] === i % classes;
    return (p - (isLabel ? 1 : 0)) / labels.length;
  });

function requireFinite(loss: number): void {
  if (!Number.isFinite(loss)) throw new NotFinite(loss, 'for the loss of a minibatch');
}
