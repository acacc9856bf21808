import { float32, type Session, type Value } from '@nads/runtime';
import { crossEntropy, oneHot } from './cross-entropy.js';
import type { SensitivityModel } from './sensitivity-model.js';
import type { Unit } from './unit.js';

/** Derivatives of the loss of a minibatch, its mean cross-entropy L = Σ ℓ/N, by gates g = 1 that multiply units. */
export interface BatchDerivatives {
  readonly loss: number;
  /** ∂L/∂g of each unit. */
  readonly first: Float64Array;
  /** Σ over images of (∂(ℓ/N)/∂g)² of each unit. */
  readonly perExample: Float64Array;
  /** ∂²L/∂g² of each unit; by a model of logits only. */
  readonly second?: Float64Array;
}

/** Images as the model's input takes them, and their classes. */
export interface Minibatch {
  readonly images: Value;
  readonly labels: ArrayLike<number>;
}

/** A model of sensitivities that is ready to run, and the number of its classes. */
export interface Sensitivities {
  readonly session: Session;
  readonly model: SensitivityModel;
  readonly classes: number;
}

/** What one run gives. */
interface Run {
  readonly logits: Float32Array;
  /** The derivative of the target of every image by the gate of every unit, [units × N]. */
  readonly slopes: Float64Array;
}

/** Derivatives of the loss, by one run. */
export async function lossDerivatives(
  sensitivities: Sensitivities,
  units: readonly Unit[],
  batch: Minibatch,
): Promise<BatchDerivatives> {
  const { labels } = batch;
  const chosen = oneHot(labels, sensitivities.classes);
  const { logits, slopes } = await run(sensitivities, units, batch, chosen);
  return { loss: crossEntropy(logits, labels).loss, ...summed(slopes, labels.length) };
}

/**
 * First and second derivatives, by one run for each class. Behind a gate that occurs once, a network of ReLUs, sums and maxima is
 * piecewise linear in it, so that ∂²ℓ/∂g² = Σ p·j² − (Σ p·j)², j the derivatives of the logits and p the probabilities; elsewhere this
 * is its Gauss–Newton part.
 */
export async function curvatures(
  sensitivities: Sensitivities,
  units: readonly Unit[],
  batch: Minibatch,
): Promise<BatchDerivatives> {
  const { labels } = batch;
  const { classes } = sensitivities;
  const count = labels.length;
  const [slopes, means, squares] = [0, 1, 2].map(() => new Float64Array(units.length * count));
  let loss = NaN;
  for (let k = 0; k < classes; k++) {
    const chosen = oneHot(
      Array.from(labels, () => k),
      classes,
    );
    const found = await run(sensitivities, units, batch, chosen);
    const entropy = crossEntropy(found.logits, labels);
    loss = entropy.loss;
    found.slopes.forEach((j, at) => {
      const n = at % count;
      const p = entropy.probabilities[n * classes + k];
      means[at] += p * j;
      squares[at] += p * j * j;
      slopes[at] += (p - (labels[n] === k ? 1 : 0)) * j;
    });
  }
  const second = sumsOfRows(
    squares.map((square, at) => (square - means[at] ** 2) / count),
    count,
  );
  return { loss, ...summed(slopes, count), second };
}

async function run(
  { session, model, classes }: Sensitivities,
  units: readonly Unit[],
  { images, labels }: Minibatch,
  chosen: Float32Array,
): Promise<Run> {
  const found = await session.run({
    [model.images]: images,
    [model.chosen]: float32(chosen, [labels.length, classes]),
  });
  const lists = model.sensitivities.map(name => found[name]);
  const slopes = new Float64Array(units.length * labels.length);
  units.forEach(({ members }, u) => {
    for (const { list, place } of members) addColumn(slopes, u, labels.length, lists[list], place);
  });
  return { logits: found[model.logits].data as Float32Array, slopes };
}

/** Adds a column of [rows, channels] to a row of [units × N]; each image has as many rows one after the other as the others. */
function addColumn(
  slopes: Float64Array,
  unit: number,
  count: number,
  { data, dims: [rows, channels] }: Value,
  place: number,
): void {
  const perImage = rows / count;
  for (let row = 0; row < rows; row++)
    slopes[unit * count + Math.floor(row / perImage)] += Number(data[row * channels + place]);
}

/** Sums over images of ∂(ℓ/N)/∂g, and of its squares. */
const summed = (
  slopes: Float64Array,
  count: number,
): Pick<BatchDerivatives, 'first' | 'perExample'> => ({
  first: sumsOfRows(slopes, count).map(sum => sum / count),
  perExample: sumsOfRows(
    slopes.map(slope => (slope / count) ** 2),
    count,
  ),
});

function sumsOfRows(values: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(values.length / size);
  values.forEach((value, at) => (sums[Math.floor(at / size)] += value));
  return sums;
}
