import type { VectorFunction } from './vector-function.js';

/** A polynomial in D variables, term by term. */
export interface Polynomial {
  readonly variables: number;
  readonly outputs: number;
  /** Exponents of each term [terms][D], by degree. */
  readonly exponents: readonly (readonly number[])[];
  /** [terms × outputs] */
  readonly coefficients: Float64Array;
}

/** Terms of degree up to N in D variables: (D + N)! / D! N!. */
export function termCount(variables: number, degree: number): number {
  let count = 1;
  for (let n = 1; n <= degree; n++) count = (count * (variables + n)) / n;
  return Math.round(count);
}

/**
 * The coefficients of a function that is a polynomial of a degree: Newton's interpolation on the integer points α with Σ α ≤ N, whose
 * mixed forward differences Δ^α f(0) are the coefficients of the binomials Π C(x_i, α_i) (de Boor, Computational aspects of multivariate
 * polynomial interpolation, 1995), rewritten in powers.
 */
export async function polynomialCoefficients(
  f: VectorFunction,
  degree: number,
): Promise<Polynomial> {
  const exponents = exponentsUpTo(f.inputs, degree);
  const points = Float64Array.from(exponents.flat());
  const values = await f.at(points);
  const outputs = values.length / exponents.length;
  const place = new Map(exponents.map((exponent, i) => [exponent.join(), i]));
  for (let variable = 0; variable < f.inputs; variable++)
    takeDifferences(values, exponents, place, variable);
  for (let variable = 0; variable < f.inputs; variable++)
    inPowers(values, exponents, place, variable, degree);
  return { variables: f.inputs, outputs, exponents, coefficients: values };
}

/** Exponents of all terms, by degree, the first variable's falling. */
export function exponentsUpTo(variables: number, degree: number): number[][] {
  const ofDegree = (n: number, left: number): number[][] => {
    if (left === 1) return [[n]];
    return Array.from({ length: n + 1 }, (_, i) =>
      ofDegree(i, left - 1).map(rest => [n - i, ...rest]),
    ).flat();
  };
  return Array.from({ length: degree + 1 }, (_, n) => ofDegree(n, variables)).flat();
}

type Places = ReadonlyMap<string, number>;

/** Rows that differ in one exponent only, by that exponent; each such list once. */
function* linesAlong(
  exponents: readonly (readonly number[])[],
  place: Places,
  variable: number,
): Generator<number[]> {
  for (const [first, exponent] of exponents.entries()) {
    if (exponent[variable] !== 0) continue;
    const rows = [first];
    const next = [...exponent];
    for (next[variable] = 1; place.has(next.join()); next[variable]++)
      rows.push(place.get(next.join())!);
    yield rows;
  }
}

/** Values at 0, 1, 2 … along a variable become forward differences of order 0, 1, 2 … */
function takeDifferences(
  values: Float64Array,
  exponents: readonly (readonly number[])[],
  place: Places,
  variable: number,
): void {
  const outputs = values.length / exponents.length;
  for (const rows of linesAlong(exponents, place, variable))
    for (let order = 1; order < rows.length; order++)
      for (let i = rows.length - 1; i >= order; i--)
        for (let k = 0; k < outputs; k++)
          values[rows[i] * outputs + k] -= values[rows[i - 1] * outputs + k];
}

/** Coefficients of binomials C(x, m) along a variable become those of powers of x. */
function inPowers(
  values: Float64Array,
  exponents: readonly (readonly number[])[],
  place: Places,
  variable: number,
  degree: number,
): void {
  const outputs = values.length / exponents.length;
  const powers = binomialsInPowers(degree);
  for (const rows of linesAlong(exponents, place, variable))
    for (let k = 0; k < outputs; k++) {
      const old = rows.map(row => values[row * outputs + k]);
      rows.forEach((row, power) => {
        values[row * outputs + k] = old.reduce((sum, c, m) => sum + c * powers[m][power], 0);
      });
    }
}

/** Row m: the coefficients of C(x, m) = x(x − 1)…(x − m + 1)/m! by power of x. */
function binomialsInPowers(degree: number): number[][] {
  const rows = [[1, ...Array.from({ length: degree }, () => 0)]];
  for (let m = 1; m <= degree; m++) {
    const before = rows[m - 1];
    rows.push(before.map((_, p) => ((before[p - 1] ?? 0) - (m - 1) * before[p]) / m));
  }
  return rows;
}

/**
 * The symmetric tensor of the terms of degree n: Σ T_n[k, i_1 … i_n] x_{i_1} … x_{i_n}, [outputs, D, …, D]. The coefficient of a term is
 * shared out evenly over the orders of its factors.
 */
export function symmetricTensor(
  { variables, outputs, exponents, coefficients }: Polynomial,
  n: number,
): Float64Array {
  const place = new Map(exponents.map((exponent, i) => [exponent.join(), i]));
  const size = variables ** n;
  const tensor = new Float64Array(outputs * size);
  for (let index = 0; index < size; index++) {
    const exponent = exponentAt(index, variables, n);
    const term = place.get(exponent.join())!;
    const share = arrangements(exponent);
    for (let k = 0; k < outputs; k++)
      tensor[k * size + index] = coefficients[term * outputs + k] / share;
  }
  return tensor;
}

/** How often each variable occurs among the n digits of an index. */
function exponentAt(index: number, variables: number, n: number): number[] {
  const exponent = Array.from({ length: variables }, () => 0);
  for (let digit = 0, rest = index; digit < n; digit++, rest = Math.floor(rest / variables))
    exponent[rest % variables]++;
  return exponent;
}

/** In how many orders the factors of a term can stand: n! / Π α_i!. */
function arrangements(exponent: readonly number[]): number {
  let [count, n] = [1, 0];
  for (const power of exponent) for (let i = 1; i <= power; i++) count = (count * ++n) / i;
  return Math.round(count);
}
