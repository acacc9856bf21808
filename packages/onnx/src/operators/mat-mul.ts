import { multipliedLast } from '../coupling/multiplied.js';
import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { asRows } from '../formulas/example-rule.js';
import type { Node } from '../graph.js';
import type { HeadShape, HeadSurroundings } from '../layers/head-rule.js';
import { throughProduct } from '../layers/path-rule.js';
import type { WeightSurroundings, WeightUse } from '../layers/weight-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { productDims } from '../shapes/product-dims.js';
import { multiplied } from '../symmetry/multiplied.js';
import { sizeOf } from '../tensor.js';

/** The matrix product over the last two axes, broadcast over the others (NumPy's matmul). */
export const matMul: Operator = {
  name: 'MatMul',
  inputs: [2, 2],
  layer: 'linear',
  path: throughProduct,
  symmetry: multiplied,
  coupling: multipliedLast,
  weights: matrixWeights,
  macs: (_, [input], output) => sizeOf(output) * input.at(-1)!,
  head: matrixHead,
  /** da = dy·bᵀ and db = aᵀ·dy, summed over the axes along which an operand was broadcast. */
  gradient: ({ inputs: [a, b], g }, [dy]) => {
    const left = asMatrix(g, a, 'row');
    const right = asMatrix(g, b, 'column');
    const middle = (): Value => {
      const dims = [...g.dims(dy!)];
      if (g.dims(a).length === 1) dims.splice(g.dims(b).length === 1 ? dims.length : -1, 0, 1);
      if (g.dims(b).length === 1) dims.push(1);
      return g.reshape(dy!, dims);
    };
    return [
      () => g.reshapeLike(g.unbroadcast(g.matMul(middle(), g.transposeMatrices(right)), left), a),
      () => {
        const rows = g.dims(left);
        if (g.dims(right).length === 2 && rows.length > 2) {
          const [inner, outer] = [left, middle()].map(x =>
            g.reshape(x, [undefined, g.dims(x).at(-1)]),
          );
          return g.reshapeLike(g.op('Gemm', [inner, outer], { transA: 1 }), b);
        }
        return g.reshapeLike(
          g.unbroadcast(g.matMul(g.transposeMatrices(left), middle()), right),
          b,
        );
      },
    ];
  },
  ofEach: ({ inputs: [a, b], g }, dy, input) => {
    if (input !== 1 || g.dims(b).length !== 2 || g.dims(a).length < 2) return undefined;
    if (g.dims(a).length === 2) return { left: a, right: dy };
    const [left, right] = [a, dy].map(x =>
      g.reshape(x, [undefined, placesOf(g, x), g.size(x, g.dims(x).length - 1)]),
    );
    return { rows: asRows(g, g.matMul(g.transposeMatrices(left), right)) };
  },
  infer: application => {
    const dims = productDims(dimsOf(application, 0), dimsOf(application, 1));
    return [{ type: typeOf(application, 0), dims }];
  },
};

/** How many vectors of its last axis each example has. */
const placesOf = (g: Algebra, x: Value): number =>
  g
    .dims(x)
    .slice(1, -1)
    .reduce<number>((product, size) => product * size!, 1);

/** A vector as a matrix of one row or column; all else as it is. */
function asMatrix(g: Algebra, x: Value, as: 'row' | 'column'): Value {
  const dims = g.dims(x);
  if (dims.length > 1) return x;
  return g.reshape(x, as === 'row' ? [1, ...dims] : [...dims, 1]);
}

function matrixWeights(node: Node, { dims, isWeight }: WeightSurroundings): readonly WeightUse[] {
  const input = isWeight(node.inputs[1]) ? 1 : 0;
  const [fanIn = 1, fanOut = 1] = matrixFans(dims(node.inputs[input]), input);
  return [{ input, kind: 'linear', role: 'weight', fanIn, fanOut, takesBias: true }];
}

/** A matrix on the right maps its rows to its columns, one on the left its columns to its rows. */
function matrixFans(dims: readonly number[], input: number): readonly (number | undefined)[] {
  if (dims.length === 1) return [dims[0], 1];
  const [rows, columns] = [dims.at(-2), dims.at(-1)];
  return input === 1 ? [rows, columns] : [columns, rows];
}

/** One vector of each image, or one of each place where what follows averages over them, times a matrix. */
function matrixHead(
  node: Node,
  { dims, isConstant, averaged }: HeadSurroundings,
): HeadShape | undefined {
  const [rows, weight] = node.inputs.map(dims);
  if (!isConstant(node.inputs[1]) || weight.length < 2 || weight.length > rows.length)
    return undefined;
  if (sizeOf(weight.slice(0, -2)) !== 1 || averaged === 'channels first') return undefined;
  const [size, outputs] = weight.slice(-2);
  if (averaged) return { pooling: 'average channels last', size, outputs };
  return sizeOf(rows.slice(1, -1)) === 1 ? { pooling: 'none', size, outputs } : undefined;
}
