import type { Node } from '../graph.js';
import { add } from './add.js';
import { concat } from './concat.js';
import { conv } from './conv.js';
import { gather } from './gather.js';
import { gemm } from './gemm.js';
import { matMul } from './mat-mul.js';
import type { Operator } from './operator.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { shape } from './shape.js';

/** Every operator that we know something of: one line each. */
const operators: readonly Operator[] = [
  add,
  concat,
  conv,
  gather,
  gemm,
  matMul,
  relu,
  reshape,
  shape,
];

const key = (domain: string, name: string): string => `${domain}:${name}`;
const byName = new Map(
  operators.map(operator => [key(operator.domain ?? '', operator.name), operator]),
);

/** What we know of the operator of a node; undefined if nothing. */
export const operatorOf = ({ domain, operator }: Pick<Node, 'domain' | 'operator'>) =>
  byName.get(key(domain, operator));
