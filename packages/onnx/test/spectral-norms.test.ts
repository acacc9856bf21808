import { Random } from '@nads/linalg';
import { architecture, withFreshWeights } from '../src/fresh-weights.js';
import { node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { parseInit } from '../src/init/schemes.js';
import { withGraph, type Model } from '../src/model.js';
import { floats, integers, type Tensor } from '../src/tensor.js';
import { buildModel, normal, run } from './build-model.js';

const [rows, columns] = [8, 18];

/** A vector of norm 1. */
function unit(dims: readonly number[], seed: number): Tensor {
  const { data } = normal(dims, seed);
  const values = data as Float32Array;
  const norm = Math.hypot(...values);
  return floats(
    dims,
    values.map(x => x / norm),
  );
}

/** A convolution with W/σ for a kernel, σ = uᵀWv, as PyTorch exports it: `dot` and `mv` become MatMul. */
const normalised = (u: Tensor, v: Tensor): Model =>
  buildModel({
    nodes: [
      node('Reshape', ['w', 'rows'], ['matrix']),
      node('MatMul', ['matrix', 'v'], ['image']),
      node('MatMul', ['u', 'image'], ['sigma']),
      node('Div', ['w', 'sigma'], ['kernel']),
      node('Conv', ['x', 'kernel'], ['y']),
    ],
    inputs: { x: [1, 2, 8, 8] },
    initializers: { w: normal([rows, 2, 3, 3]), rows: integers([rows, -1]), u, v },
  });

/** The largest singular value of a matrix, by many power iterations in double precision. */
function largestSingularValue(matrix: Float32Array): number {
  let v = Array.from({ length: columns }, (_, i) => Math.sin(i + 1));
  let sigma = 0;
  for (let round = 0; round < 5000; round++) {
    const u = Array.from({ length: rows }, (_, i) =>
      v.reduce((sum, x, j) => sum + x * matrix[i * columns + j], 0),
    );
    const back = v.map((_, j) => u.reduce((sum, x, i) => sum + x * matrix[i * columns + j], 0));
    const norm = Math.hypot(...back);
    v = back.map(x => x / norm);
    sigma = Math.sqrt(norm);
  }
  return sigma;
}

async function weightAndNorm(model: Model): Promise<{ weight: Float32Array; sigma: number }> {
  const shown = withGraph(model, { outputs: ['matrix', 'sigma'].map(name => ({ name })) });
  const { matrix, sigma } = await run(shown, { x: normal([1, 2, 8, 8]) });
  return { weight: matrix.data as Float32Array, sigma: Number(sigma.data[0]) };
}

const asVectors = normalised(unit([rows], 1), unit([columns], 2));
const asMatrices = normalised(unit([1, rows], 1), unit([columns, 1], 2));

test.each([
  ['vectors', asVectors],
  ['matrices', asMatrices],
])('drawn weights are divided by their own spectral norm, u and v as %s', async (_, model) => {
  for (const seed of [1, 2, 3]) {
    const drawn = withFreshWeights(model, parseInit('pytorch'), new Random(seed));
    const { weight, sigma } = await weightAndNorm(drawn);
    const exact = largestSingularValue(weight);
    expect(sigma / exact).toBeGreaterThan(0.95);
    expect(sigma / exact).toBeLessThan(1 + 1e-5);
  }
});

test('u is where the iterations begin, and v is not used any more', () => {
  const { model, kept } = architecture(asVectors, inferShapes(asVectors));
  expect(kept.map(({ node: at, constants }) => [at, constants])).toEqual([['sigma', ['u']]]);
  expect([...model.graph.initializers.keys()]).not.toContain('v');
});

test('vectors of another norm are no singular vectors, and stay', () => {
  const model = normalised(normal([rows], 1), normal([columns], 2));
  const { model: fresh, kept } = architecture(model, inferShapes(model));
  expect(fresh.graph.nodes).toHaveLength(model.graph.nodes.length);
  expect(kept.map(({ constants }) => constants)).toEqual([['v', 'u']]);
});
