import type { Random } from '@nads/linalg';
import { chebyshevCoefficients, chebyshevNodes } from './chebyshev.js';
import type { VectorFunction } from './vector-function.js';

/** How a degree is looked for. */
export interface DegreeOptions {
  /** The largest degree that can be told from none. */
  readonly maxDegree: number;
  /** Random lines. */
  readonly lines: number;
  readonly random: Random;
  readonly signal?: AbortSignal;
  /** Called after each line. */
  readonly onLine?: (done: number) => void;
}

/** What was found of one output. */
export interface OutputDegree {
  /** Undefined where the output is no polynomial of degree up to the largest. */
  readonly degree?: number;
  /**
   * The largest coefficient of an order above the degree, or of the highest orders where there is none, as a share of the largest
   * value on its line.
   */
  readonly residual: number;
  /** The largest coefficient of order `degree` as such a share; how far it is above `residual` tells how sure the degree is. */
  readonly leading: number;
  /** What rounding may make of a coefficient that is zero, measured, as such a share. */
  readonly rounding: number;
}

/** Half lengths of the lines, in standard deviations of an argument: kinks and high orders show at one or the other. */
const scales = [1, 8, 64, 512];

/** Orders above the largest degree that have to vanish. */
const spare = 8;

/** One output along one line. */
interface LineSpectrum {
  /** Sizes of the coefficients by order, as shares of the largest value on the line. */
  readonly sizes: Float64Array;
  /** What rounding may make of a coefficient that is zero, as such a share. */
  readonly zero: number;
}

/**
 * The degree of each output as a polynomial of the arguments. Along lines x + s·t·u, x and u ~ N(0, I), |t| ≤ 1, the coefficients in
 * Chebyshev polynomials of t are divided differences over the nodes: those of order N + 1 and above vanish exactly if the degree
 * is at most N, and for almost all lines only then.
 * @throws where a value is not finite on the shortest line
 */
export async function polynomialDegree(
  f: VectorFunction,
  { maxDegree, lines, random, signal, onLine }: DegreeOptions,
): Promise<OutputDegree[]> {
  const nodes = chebyshevNodes(maxDegree + 1 + spare);
  const spectra: LineSpectrum[][] = [];
  for (let line = 0; line < lines; line++) {
    signal?.throwIfAborted();
    const [start, direction] = [normal(f.inputs, random), normal(f.inputs, random)];
    for (const scale of scales) {
      const points = alongLine(start, direction, scale, nodes);
      const values = await f.at(points);
      const errors = await roundingErrors(f, points, values, maxDegree);
      if (errors.every(Number.isFinite))
        spectra.push(spectraOf(values, errors, nodes.length, f.rounding));
      else if (scale === scales[0]) throw new Error('the outputs are not finite at N(0, I)');
    }
    onLine?.(line + 1);
  }
  return spectra[0].map((_, k) =>
    degreeOf(
      spectra.map(ofLine => ofLine[k]),
      maxDegree,
    ),
  );
}

function normal(length: number, random: Random): Float64Array {
  const numbers = new Float64Array(length);
  random.fillNormal(numbers, 0, 1);
  return numbers;
}

function alongLine(
  start: Float64Array,
  direction: Float64Array,
  scale: number,
  nodes: Float64Array,
): Float64Array {
  const points = new Float64Array(nodes.length * start.length);
  nodes.forEach((t, j) => {
    for (let i = 0; i < start.length; i++)
      points[j * start.length + i] = start[i] + scale * t * direction[i];
  });
  return points;
}

/** Weights of a fourth difference, and how it magnifies independent errors. */
const fourth = [1, -4, 6, -4, 1];
const magnified = Math.sqrt(70);

/**
 * Rounding errors of values, measured: fourth differences over arguments that get a little longer. What is smooth cancels in them up
 * to the rounding itself, since (N δ)⁴ is below it.
 */
async function roundingErrors(
  f: VectorFunction,
  points: Float64Array,
  values: Float64Array,
  maxDegree: number,
): Promise<Float64Array> {
  const step = f.rounding ** (1 / 4) / (2 * maxDegree);
  const errors = values.slice();
  for (const [i, weight] of fourth.entries()) {
    if (i === 0) continue;
    const moved = await f.at(points.map(x => x * (1 + i * step)));
    moved.forEach((value, at) => (errors[at] += weight * value));
  }
  return errors.map(error => error / magnified);
}

function spectraOf(
  values: Float64Array,
  errors: Float64Array,
  nodes: number,
  rounding: number,
): LineSpectrum[] {
  const outputs = values.length / nodes;
  const ofOutput = (all: Float64Array, k: number): Float64Array =>
    Float64Array.from({ length: nodes }, (_, j) => all[j * outputs + k]);
  return Array.from({ length: outputs }, (_, k) => {
    const own = ofOutput(values, k);
    const largest = largestOf(own) || 1;
    return {
      sizes: chebyshevCoefficients(own).map(c => Math.abs(c) / largest),
      zero: (4 * rootMeanSquare(ofOutput(errors, k))) / largest + 32 * rounding,
    };
  });
}

const rootMeanSquare = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

const largestOf = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function degreeOf(spectra: readonly LineSpectrum[], maxDegree: number): OutputDegree {
  const degree = Math.max(
    ...spectra.map(({ sizes, zero }) => sizes.findLastIndex(size => size > zero)),
    0,
  );
  const over = (order: number): number =>
    Math.max(...spectra.map(({ sizes }) => largestOf(sizes.subarray(order + 1))));
  const rounding = Math.max(...spectra.map(({ zero }) => zero));
  if (degree > maxDegree) return { residual: over(maxDegree), leading: over(degree - 1), rounding };
  const leading = Math.max(...spectra.map(({ sizes }) => sizes[degree]));
  return { degree, residual: over(degree), leading, rounding };
}
