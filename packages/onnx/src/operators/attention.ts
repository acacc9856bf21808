import { getInt } from '../attribute.js';
import type { Node } from '../graph.js';
import { dimsOf, hasInput, typeOf, type Application, type Operator } from './operator.js';

/** softmax(Q·Kᵀ·scale + mask)·V in each head, the keys and values so far, and the scores. */
export const attention: Operator = {
  name: 'Attention',
  infer: application => {
    const { node } = application;
    const query = headed(dimsOf(application, 0), node, 'q_num_heads');
    const key = cached(application, 1, 4);
    const value = cached(application, 2, 5);
    const dims = [query[0], query[1], query[2], value[3]];
    const isFlat = dimsOf(application, 0).length === 3;
    const scores = [query[0], query[1], query[2], key[2]];
    const result = isFlat ? [dims[0], dims[2], dims[1] * dims[3]] : dims;
    return [result, key, value, scores].map(d => ({ type: typeOf(application, 0), dims: d }));
  },
};

/** [batch, heads, length, size], whether the heads have an axis of their own or not. */
function headed(dims: readonly number[], node: Node, attribute: string): readonly number[] {
  if (dims.length === 4) return dims;
  const heads = getInt(node, attribute, 0);
  if (heads === 0) throw new Error(`'${attribute}' is missing for an input of rank ${dims.length}`);
  return [dims[0], heads, dims[1], dims[2] / heads];
}

/** Keys or values, those of the past in front. */
function cached(application: Application, input: number, past: number): number[] {
  const dims = headed(dimsOf(application, input), application.node, 'kv_num_heads');
  const before = hasInput(application, past) ? dimsOf(application, past)[2] : 0;
  return dims.with(2, dims[2] + before);
}
