import type { Node } from '../graph.js';
import { add } from './add.js';
import { averagePool } from './average-pool.js';
import { batchNormalization } from './batch-normalization.js';
import { concat } from './concat.js';
import { constant } from './constant.js';
import { constantOfShape } from './constant-of-shape.js';
import { conv } from './conv.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { gather } from './gather.js';
import { gemm } from './gemm.js';
import { globalAveragePool } from './global-average-pool.js';
import { identity } from './identity.js';
import { matMul } from './mat-mul.js';
import { maxPool } from './max-pool.js';
import { mul } from './mul.js';
import type { Operator } from './operator.js';
import { pad } from './pad.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { shape } from './shape.js';
import { softmax } from './softmax.js';
import { squeeze } from './squeeze.js';
import { sum } from './sum.js';
import { transpose } from './transpose.js';
import { unsqueeze } from './unsqueeze.js';

/** Every operator that we know something of: one line each. */
const operators: readonly Operator[] = [
  add,
  averagePool,
  batchNormalization,
  concat,
  constant,
  constantOfShape,
  conv,
  dropout,
  flatten,
  gather,
  gemm,
  globalAveragePool,
  identity,
  matMul,
  maxPool,
  mul,
  pad,
  relu,
  reshape,
  shape,
  softmax,
  squeeze,
  sum,
  transpose,
  unsqueeze,
];

const key = (domain: string, name: string): string => `${domain}:${name}`;
const byName = new Map(
  operators.map(operator => [key(operator.domain ?? '', operator.name), operator]),
);

/** What we know of the operator of a node; undefined if nothing. */
export const operatorOf = ({ domain, operator }: Pick<Node, 'domain' | 'operator'>) =>
  byName.get(key(domain, operator));
