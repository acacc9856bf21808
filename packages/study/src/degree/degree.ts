import { OptionError, Random } from '@nads/linalg';
import {
  polynomialCoefficients,
  polynomialDegree,
  termCount,
  type OutputDegree,
  type Polynomial,
  type VectorFunction,
} from '@nads/probe';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import { requireWhole } from '../require-whole.js';
import type { SourceModel } from '../source-model.js';
import { openFunction, type FunctionOptions } from './open-function.js';

/** Settings of a degree. */
export interface DegreeSettings extends FunctionOptions {
  /** The largest degree that is looked for; 16 in double precision and 12 in single precision if not given. */
  readonly maxDegree?: number;
  /** Random lines; 4 if not given. */
  readonly lines?: number;
  readonly seed?: number;
  /** Whether to find the coefficients too. */
  readonly coefficients?: boolean;
}

/** The degree of a model as a polynomial of its input. */
export interface Degree {
  readonly source: SourceModel;
  /** The largest of its outputs'; undefined where one of them is no polynomial. */
  readonly degree?: number;
  /** Of every number of every output, in order. */
  readonly outputs: readonly OutputDegree[];
  /** Names of outputs, and how many numbers each has. */
  readonly parts: readonly (readonly [name: string, numbers: number])[];
  readonly inputDims: readonly number[];
  readonly precision: 'float64' | 'float32';
  /** Why not in double precision. */
  readonly obstacle?: string;
  readonly maxDegree: number;
  readonly lines: number;
  readonly seed: number;
  readonly polynomial?: Polynomial;
}

/** The largest degree that is looked for: values along a line, and what they take, grow with it. */
const mostDegrees = 128;

/** Terms that are looked for at most. */
const mostTerms = 200_000;

/**
 * The degree of a model's outputs as polynomials of its input: the smallest N such that differences of order N + 1 and above vanish
 * along random lines. An interruption leaves nothing.
 * @throws where outputs depend on the other inputs of a batch; where coefficients are asked for and there are none, or too many
 */
export const degree = (
  source: SourceModel,
  settings: DegreeSettings,
  environment: Environment,
): Promise<Degree> =>
  about(source.name, async () => {
    const { lines = 4, seed = 0, coefficients } = settings;
    requireDegrees(settings);
    const { runtime, signal, onProgress } = environment;
    const f = await openFunction(source.model, runtime, settings);
    try {
      const maxDegree = settings.maxDegree ?? (f.precision === 'float64' ? 16 : 12);
      const random = new Random(seed);
      await requireIndependence(f, random.fork('independence'));
      const outputs = await polynomialDegree(f, {
        maxDegree,
        lines,
        signal,
        random: random.fork('lines'),
        onLine: done => onProgress?.({ unit: 'lines', done, total: lines }),
      });
      const degrees = outputs.map(output => output.degree ?? Infinity);
      const largest = degrees.reduce((a, b) => Math.max(a, b), 0);
      const found = Number.isFinite(largest) ? largest : undefined;
      return {
        source,
        degree: found,
        outputs,
        parts: f.parts(),
        inputDims: f.inputDims,
        precision: f.precision,
        obstacle: f.obstacle,
        maxDegree,
        lines,
        seed,
        polynomial: coefficients
          ? await checkedCoefficients(f, found, random.fork('check'))
          : undefined,
      };
    } finally {
      await f.release();
    }
  });

/** @throws OptionError where so many lines or degrees cannot be looked for. */
function requireDegrees({ maxDegree = 1, lines }: DegreeSettings): void {
  requireWhole({ maxDegree, lines });
  if (maxDegree > mostDegrees)
    throw new OptionError(
      'maxDegree',
      `${maxDegree} is more than ${mostDegrees}, up to which degrees are told apart`,
    );
}

/** @throws where the value at a point depends on the others of the batch. */
async function requireIndependence(f: VectorFunction, random: Random): Promise<void> {
  const points = new Float64Array(3 * f.inputs);
  random.fillNormal(points, 0, 1);
  const together = await f.at(points);
  const first = points.subarray(0, f.inputs);
  const alone = await f.at(first);
  if (!isClose(together.subarray(0, alone.length), alone, 512 * f.rounding))
    throw new Error(
      'outputs depend on the other inputs of the batch; export the model in evaluation mode',
    );
}

function isClose(a: Float64Array, b: Float64Array, tolerance: number): boolean {
  const size = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.every((value, i) => Math.abs(value - b[i]) <= tolerance * size);
}

async function checkedCoefficients(
  f: VectorFunction,
  found: number | undefined,
  random: Random,
): Promise<Polynomial> {
  if (found === undefined) throw new Error('not a polynomial, so there are no coefficients');
  const terms = termCount(f.inputs, found);
  if (terms > mostTerms)
    throw new Error(
      `a polynomial of degree ${found} in ${f.inputs} variables has ${terms.toExponential(1)} terms; at most ${mostTerms} are computed`,
    );
  const polynomial = await polynomialCoefficients(f, found);
  await requireAgreement(f, polynomial, random);
  return polynomial;
}

/** @throws where the polynomial does not give what the model gives. */
async function requireAgreement(
  f: VectorFunction,
  polynomial: Polynomial,
  random: Random,
): Promise<void> {
  const points = new Float64Array(8 * f.inputs);
  random.fillNormal(points, 0, 1);
  const values = await f.at(points);
  if (!isClose(evaluated(polynomial, points), values, 2 ** 24 * f.rounding))
    throw new Error(
      'the coefficients do not give the values of the model; the degree may be too low, try more lines',
    );
}

function evaluated(
  { variables, outputs, exponents, coefficients }: Polynomial,
  points: Float64Array,
) {
  const rows = points.length / variables;
  const values = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++)
    exponents.forEach((exponent, term) => {
      const monomial = exponent.reduce(
        (product, power, i) => product * points[row * variables + i] ** power,
        1,
      );
      for (let k = 0; k < outputs; k++)
        values[row * outputs + k] += coefficients[term * outputs + k] * monomial;
    });
  return values;
}
