import type { Coupling } from '../coupling/coupling-rule.js';
import { multiplied } from '../coupling/multiplied.js';
import type { Value } from '../algebra/builder.js';
import { summedForEach } from '../formulas/example-rule.js';
import { float, getFloat, getInt } from '../attribute.js';
import type { Node } from '../graph.js';
import type { HeadShape, HeadSurroundings } from '../layers/head-rule.js';
import { throughProductAndTerm } from '../layers/path-rule.js';
import type { WeightSurroundings, WeightUse } from '../layers/weight-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf, type Application } from '../shapes/application.js';
import { mixed } from '../symmetry/mixed.js';
import { sizeOf } from '../tensor.js';
import { rewritten } from '../upgrades/rewritten.js';

/** α·A′B′ + β·C, where A′ and B′ are the operands or their transposes. */
export const gemm: Operator = {
  name: 'Gemm',
  inputs: [2, 3],
  layer: 'linear',
  path: throughProductAndTerm,
  symmetry: mixed,
  coupling: coupled,
  weights: gemmWeights,
  macs: (node, [input], output) => sizeOf(output) * input[getInt(node, 'transA', 0) ? 0 : 1],
  head: gemmHead,
  upgrade: {
    since: 7,
    rewrite: ({ node }) => [rewritten(node, { without: ['broadcast'] })],
  },
  gradient: ({ node, inputs: [a, b, c], g }, [dy]) => {
    const alpha = float(getFloat(node, 'alpha', 1));
    const [transA, transB] = [getInt(node, 'transA', 0), getInt(node, 'transB', 0)];
    const times = (left: Value, right: Value, leftTurned: number, rightTurned: number) =>
      g.op('Gemm', [left, right], { alpha, transA: leftTurned, transB: rightTurned });
    return [
      () => (transA ? times(b, dy!, transB, 1) : times(dy!, b, 0, 1 - transB)),
      () => (transB ? times(dy!, a, 1, transA) : times(a, dy!, 1 - transA, 0)),
      () => {
        const beta = getFloat(node, 'beta', 1);
        return g.unbroadcast(beta === 1 ? dy! : g.mul(dy!, beta), c);
      },
    ];
  },
  ofEach: ({ node, inputs: [a, , c], g }, dy, input) => {
    const scaled = (by: number): Value => (by === 1 ? dy : g.mul(dy, by));
    if (input === 2) return summedForEach(g, scaled(getFloat(node, 'beta', 1)), c);
    if (input === 0 || getInt(node, 'transA', 0)) return undefined;
    return { left: a, right: scaled(getFloat(node, 'alpha', 1)) };
  },
  infer: application => {
    const { node } = application;
    requireMatrices(application);
    const [rows, inner] = oriented(dimsOf(application, 0), getInt(node, 'transA', 0));
    const [other, columns] = oriented(dimsOf(application, 1), getInt(node, 'transB', 0));
    if (inner !== other)
      throw new Error(`cannot multiply [${rows}, ${inner}] by [${other}, ${columns}]`);
    return [{ type: typeOf(application, 0), dims: [rows, columns] }];
  },
};

function requireMatrices(application: Application): void {
  const other = [0, 1].find(input => dimsOf(application, input).length !== 2);
  if (other !== undefined)
    throw new Error(`input ${other} has dims [${dimsOf(application, other)}], expected a matrix`);
}

const oriented = ([rows, columns]: readonly number[], transposed: number): readonly number[] =>
  transposed ? [columns, rows] : [rows, columns];

function gemmWeights(node: Node, { dims }: WeightSurroundings): readonly WeightUse[] {
  const [fanIn = 1, fanOut = 1] = oriented(dims(node.inputs[1]), getInt(node, 'transB', 0));
  return [
    { input: 1, kind: 'linear', role: 'weight', fanIn, fanOut },
    { input: 2, kind: 'linear', role: 'bias', fanIn, fanOut },
  ];
}

function gemmHead(
  node: Node,
  { dims, isConstant, averaged }: HeadSurroundings,
): HeadShape | undefined {
  const [, weight, bias] = node.inputs;
  if (!isConstant(weight) || (bias && !isConstant(bias)) || averaged) return undefined;
  if (getInt(node, 'transA', 0)) return undefined;
  const [size, outputs] = oriented(dims(weight), getInt(node, 'transB', 0));
  return { pooling: 'none', size, outputs, factor: getFloat(node, 'alpha', 1) };
}

function coupled(coupling: Coupling): void {
  const { node, dims, tie } = coupling;
  const [a, b, c] = node.inputs;
  const [output] = node.outputs;
  const [transA, transB] = [getInt(node, 'transA', 0), getInt(node, 'transB', 0)];
  multiplied(coupling, {
    inner: [
      [a, 1 - transA],
      [b, transB],
    ],
    outer: [
      [
        [a, transA],
        [output, 0],
      ],
      [
        [b, 1 - transB],
        [output, 1],
      ],
    ],
  });
  if (c && dims(c).at(-1) === dims(output)[1]) tie([c, dims(c).length - 1], [output, 1]);
}
