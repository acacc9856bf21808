// How standard errors of overlaps (docs/report.md) describe the spread of estimates whose truth is known, for eigenvalues that fall fast
// and slowly, where all networks respond as strongly and where the strength of their responses differs.
//   npm run script -- tools/docs/overlap-errors.ts [pairs]
import {
  matrix,
  multiplyTransposed,
  overlap,
  Random,
  symmetricEigen,
  type Matrix,
} from '@nads/linalg';
import { predictOverlap } from '@nads/probe';
import { noiseAngles } from '../../packages/study/dist/compare/noise-angles.js';
import { overlapError } from '../../packages/study/dist/compare/overlap-error.js';

const pairs = Number(process.argv[2] ?? 100);
const [dimension, networks, draws] = [30, 10, 60];
const tops = [1, 3, 10];

/** True eigenvalue number i. */
type Spectrum = (i: number) => number;

const spectra: Readonly<Record<string, Spectrum>> = {
  '0.8^i': i => 0.8 ** i,
  '1/(i+1)': i => 1 / (i + 1),
};

/** What a network of Gaussian responses adds to a covariance. @param strength standard deviation of the logarithm of its size */
function network(random: Random, spectrum: Spectrum, strength: number): Matrix {
  const scale = Math.exp(strength * random.normal());
  const sample = Float64Array.from({ length: dimension * draws }, (_, at) => {
    return random.normal() * Math.sqrt(scale * spectrum(Math.floor(at / draws)));
  });
  const rows = matrix(dimension, draws, sample);
  return multiplyTransposed(rows, rows);
}

const sum = (parts: readonly Matrix[]): Matrix =>
  matrix(
    dimension,
    dimension,
    Float64Array.from(parts[0].data, (_, at) => parts.reduce((all, { data }) => all + data[at], 0)),
  );

/** Eigenvectors and eigenvalues of some networks, and of two halves of them. */
function estimate(random: Random, spectrum: Spectrum, strength: number) {
  const parts = Array.from({ length: networks }, () => network(random, spectrum, strength));
  const { values: eigenvalues, vectors: rows } = symmetricEigen(sum(parts));
  const [a, b] = [0, 1].map(half => symmetricEigen(sum(parts.filter((_, i) => i % 2 === half))));
  return { eigenvalues, rows, a: a.vectors, b: b.vectors };
}

type Estimate = ReturnType<typeof estimate>;

function errorOf(one: Estimate, other: Estimate, top: number): number {
  const predicted = predictOverlap(overlap(one.a, one.b, top), top / dimension);
  const turned = { ...one, top };
  return overlapError({ ...turned, angles: noiseAngles({ ...turned, predicted }) }, other.rows);
}

const mean = (values: readonly number[]): number =>
  values.reduce((all, value) => all + value / values.length, 0);
const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map(value => value ** 2)));

/** Figures of independent pairs of estimates, a line for each k. */
function report(name: string, strength: number): void {
  const random = new Random(1);
  const draw = (): Estimate => estimate(random, spectra[name], strength);
  const found = Array.from({ length: pairs }, () => [draw(), draw()]);
  for (const top of tops) {
    const overlaps = found.map(([one, other]) => overlap(one.rows, other.rows, top));
    const spread = rootMeanSquare(overlaps.map(value => value - mean(overlaps)));
    const error = rootMeanSquare(
      found.map(([one, other]) => Math.hypot(errorOf(one, other, top), errorOf(other, one, top))),
    );
    const numbers = [mean(overlaps), spread, error].map(value => value.toFixed(3).padStart(8));
    const ratio = (error / spread).toFixed(2);
    console.log(
      `${name.padEnd(10)} ${strength.toFixed(1)} ${String(top).padStart(4)} ${numbers.join('')}   ${ratio}`,
    );
  }
}

console.log('spectrum     σ    k    mean  spread   error   ratio');
for (const name of Object.keys(spectra)) for (const strength of [0, 0.5, 1]) report(name, strength);
