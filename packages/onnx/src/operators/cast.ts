import { elementwise } from '../coupling/kept-along.js';
import { getInt, getString } from '../attribute.js';
import { codeOf, dataTypeOf, type DataType } from '../data-type.js';
import { samePlace } from '../layers/reach-rule.js';
import type { Operator } from '../operator.js';
import type { Application } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';
import { converted } from '../shapes/converted.js';
import { odd } from '../symmetry/odd.js';
import { pointwise } from '../symmetry/pointwise.js';
import { rewritten } from '../upgrades/rewritten.js';

/** Its input as another element type. */
export const cast: Operator = {
  name: 'Cast',
  inputs: [1, 1],
  symmetry: pointwise(odd),
  reach: samePlace,
  axes: keptAxes,
  coupling: elementwise,
  carries: 'in order',
  upgrade: {
    since: 6,
    rewrite: old => [rewritten(old.node, { set: { to: codeOf(targetOf(old)) } })],
  },
  infer: application => [converted(application, targetOf(application))],
  gradient: ({ g, inputs: [x] }, [dy]) => [() => g.castLike(dy!, x)],
};

/** Before opset 6 the type was given by its name in the file format's definition. */
const targetOf = ({ node, opset }: Application): DataType =>
  dataTypeOf(opset >= 6 ? getInt(node, 'to', 0) : names.indexOf(getString(node, 'to', '')));

/** At the index of their code. */
const names =
  'UNDEFINED FLOAT UINT8 INT8 UINT16 INT16 INT32 INT64 STRING BOOL FLOAT16 DOUBLE UINT32 UINT64'.split(
    ' ',
  );
