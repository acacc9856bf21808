import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { input, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { degree, sourceModel } from '@nads/study';
import { nodeRuntime } from '@nads/runtime/node';
import { symmetricTensor } from '@nads/probe';
import { polynomial, productBlock, type PolynomialOptions } from '@nads/train/layers';
import { chooseBackend } from '@nads/train/node';
import type { CheckResult } from '../lib/check-result.ts';
import {
  checkFile,
  checkLayers,
  largestError,
  readArrays,
  valuesOf,
  type Numbers,
} from '../lib/layers-oracle.ts';

type Weights = Readonly<Record<string, Numbers>>;

/** Largest error of coefficients in double precision, as a share of the largest one. */
const tolerance = 1e-8;

/** Degree, coefficients, and the layers: in TensorFlow.js, exported, and as the oracle's file has them. */
export async function check(folder: string, result: CheckResult): Promise<void> {
  const name = `pinets/${basename(folder)}`;
  await checkDegree(name, folder, result);
  await checkFile(name, folder, result);
  await chooseBackend('wasm');
  const weights = readArrays(join(folder, 'weights.npz'));
  const { layers, named } = weights['conv1.weight']
    ? block(folder, weights)
    : chain(folder, weights);
  await checkLayers(name, folder, layers, named, result);
}

async function checkDegree(name: string, folder: string, result: CheckResult): Promise<void> {
  const file = join(folder, 'model.onnx');
  const degrees = JSON.parse(readFileSync(join(dirname(folder), 'degrees.json'), 'utf8')) as Record<
    string,
    number | null
  >;
  const expected = degrees[basename(folder)];
  const terms = join(folder, 'polynomial.npz');
  const found = await degree(
    sourceModel(file, readFileSync(file)),
    { coefficients: existsSync(terms) },
    { runtime: nodeRuntime },
  );
  const said = found.degree ?? 'none';
  result.note((found.degree ?? null) === expected, `${name}: degree ${said}, ${expected} expected`);
  if (!found.polynomial) return;
  const { exponents, coefficients, outputs } = found.polynomial;
  const place = new Map(exponents.map((exponent, i) => [exponent.join(), i]));
  const wanted = readArrays(terms);
  const [count, variables] = wanted.exponents.shape;
  const ours = Array.from({ length: count }, (_, i) => {
    const key = wanted.exponents.data.slice(i * variables, (i + 1) * variables).join();
    const term = place.get(key) ?? NaN;
    return [...coefficients.subarray(term * outputs, (term + 1) * outputs)];
  }).flat();
  const error = largestError(ours, wanted.coefficients.data);
  result.note(
    error <= tolerance && count === exponents.length,
    `${name}: ${count} coefficients off by ${error.toExponential(1)}`,
  );
  for (let n = 0; wanted[`T${n}`]; n++) {
    const off = largestError(symmetricTensor(found.polynomial, n), wanted[`T${n}`].data);
    result.note(off <= tolerance, `${name}: T${n} off by ${off.toExponential(1)}`);
  }
}

interface Built {
  readonly layers: LayersModel;
  /** The oracle's weights under our names. */
  readonly named: Weights;
}

/** Polynomials, one after the other: `0.` and `1.` in names, or no number where there is one alone. */
function chain(folder: string, weights: Weights): Built {
  const { x, output } = valuesOf(folder);
  const prefixes = weights['0.C'] ? numbered(weights, n => `${n}.C`).map(n => `${n}.`) : [''];
  const named: Record<string, Numbers> = {};
  const layers = built(x, z =>
    prefixes.reduce((value, prefix, i) => {
      const own = under(prefix, weights);
      Object.assign(named, ofPolynomial(`p${i}`, own));
      return polynomial(value, `p${i}`, optionsOf(own, x, output, i));
    }, z),
  );
  return { layers, named };
}

const built = (x: Numbers, layer: (z: SymbolicTensor) => SymbolicTensor): LayersModel => {
  const z = input({ shape: x.shape.slice(1), name: 'x' });
  return model({ inputs: z, outputs: layer(z) });
};

/** Numbers from 0 on, as long as there is a weight of that name. */
function numbered(weights: Weights, name: (n: number) => string): number[] {
  const found: number[] = [];
  while (weights[name(found.length)]) found.push(found.length);
  return found;
}

const under = (prefix: string, weights: Weights): Weights =>
  Object.fromEntries(
    Object.entries(weights)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

function optionsOf(weights: Weights, x: Numbers, output: Numbers, i: number): PolynomialOptions {
  const isCcp = weights['U.0'] !== undefined;
  const first = weights[isCcp ? 'U.0' : 'A.0'].shape;
  const isImage = first.length === 4;
  return {
    recursion: isCcp ? 'ccp' : weights['V.0'] ? 'ncp-skip' : 'ncp',
    degree: numbered(weights, n => `${isCcp ? 'U' : 'A'}.${n}`).length,
    width: isImage ? first[0] : first[1],
    outputs: weights.C.shape[0],
    ...(isImage && { kernel: first[2] }),
    ...(isImage && i === 0 && { stride: Math.round(x.shape[2] / output.shape[2]) }),
  };
}

/** The weights of one polynomial. A, U and S are used transposed, V and C as they stand; convolutions are all as they stand. */
function ofPolynomial(name: string, weights: Weights): Weights {
  const named: Record<string, Numbers> = {};
  for (const [key, value] of Object.entries(weights)) {
    const [letter, n] = key.split('.');
    if (key === 'beta') named[`${name}.C.bias`] = value;
    else if (letter === 'C' || letter === 'V') named[`${name}.${key}.weight`] = value;
    else if (/^[AUS]$/.test(letter)) named[`${name}.${key}.weight`] = transposed(value);
    else if (letter === 'c') Object.assign(named, ofShift(name, Number(n), value, weights));
    else if (letter === 'b')
      Object.assign(named, ofShift(name, Number(n), product(weights[`B.${n}`], value), weights));
  }
  return named;
}

/** c_1 is a factor, the others are biases of S. */
const ofShift = (name: string, n: number, c: Numbers, weights: Weights): Weights =>
  n > 0
    ? { [`${name}.S.${n - 1}.bias`]: c }
    : {
        [`${name}.c.0.weight`]: {
          shape: weights['A.0'].shape.length === 4 ? [c.data.length, 1, 1] : c.shape,
          data: c.data,
        },
      };

function transposed({ shape, data }: Numbers): Numbers {
  if (shape.length !== 2) return { shape, data };
  const [rows, columns] = shape;
  const turned = Float64Array.from(
    data,
    (_, i) => data[(i % rows) * columns + Math.floor(i / rows)],
  );
  return { shape: [columns, rows], data: turned };
}

/** Bᵀ b. */
function product({ shape: [rows, columns], data }: Numbers, b: Numbers): Numbers {
  const result = new Float64Array(columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result[j] += data[i * columns + j] * b.data[i];
  return { shape: [columns], data: result };
}

function block(folder: string, weights: Weights): Built {
  const { x, output } = valuesOf(folder);
  const [, inputs, height] = x.shape;
  const [, filters, after] = output.shape;
  const isActive = basename(folder).includes('relu');
  const options = { activation: isActive, pointwise: weights['conv3.weight'] !== undefined };
  const own = { name: 'b', inputs, filters, stride: Math.round(height / after) };
  const named = Object.fromEntries(
    Object.entries(weights).map(([key, value]) => [
      `b.${key.replace('down.', 'downsample.')}`,
      value,
    ]),
  );
  return { layers: built(x, z => productBlock(z, own, options)), named };
}
