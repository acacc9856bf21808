import { elementwise } from '../coupling/kept-along.js';
import { getInt, getString } from '../attribute.js';
import { codeOf, dataTypeOf, isFloating, type DataType } from '../data-type.js';
import type { Node } from '../graph.js';
import type { PathRule } from '../layers/path-rule.js';
import { samePlace } from '../layers/reach-rule.js';
import type { Operator } from '../operator.js';
import { keptAxes } from '../shapes/axes.js';
import { converted } from '../shapes/converted.js';
import { odd } from '../symmetry/odd.js';
import { pointwise } from '../symmetry/pointwise.js';
import { rewritten } from '../upgrades/rewritten.js';

/** Into whole numbers, where it does not carry. */
const throughWhole: PathRule = ({ inputs: [input] }, { isFloating: holdsFractions }) =>
  holdsFractions(input) ? 'it cuts off fractions' : [0];

/** Its input as another element type. */
export const cast: Operator = {
  name: 'Cast',
  inputs: [1, 1],
  symmetry: pointwise(odd),
  reach: samePlace,
  axes: keptAxes,
  coupling: elementwise,
  carries: node => (givesWhole(node) ? undefined : 'in order'),
  path: throughWhole,
  upgrade: {
    since: 6,
    rewrite: old => [rewritten(old.node, { set: { to: codeOf(targetOf(old.node)) } })],
  },
  infer: application => [converted(application, targetOf(application.node))],
  gradient: ({ g, inputs: [x] }, [dy]) => [() => g.castLike(dy!, x)],
};

/** Before opset 6 the type was given by its name in the file format's definition. */
const targetOf = (node: Node): DataType =>
  dataTypeOf(
    node.attributes.get('to')?.type === 'string'
      ? names.indexOf(getString(node, 'to', ''))
      : getInt(node, 'to', 0),
  );

/** Whether what it gives are whole numbers or truth values, which hold no fractions. */
const givesWhole = (node: Node): boolean => !isFloating(targetOf(node));

/** At the index of their code. */
const names =
  'UNDEFINED FLOAT UINT8 INT8 UINT16 INT16 INT32 INT64 STRING BOOL FLOAT16 DOUBLE UINT32 UINT64'.split(
    ' ',
  );
