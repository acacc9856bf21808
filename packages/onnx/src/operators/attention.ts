import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { getFloat, getInt } from '../attribute.js';
import { attend, type Heads } from '../formulas/attend.js';
import type { Derivation } from '../formulas/derivation.js';
import type { Node } from '../graph.js';
import type { Operator } from '../operator.js';
import { dimsOf, hasInput, typeOf, type Application } from '../shapes/application.js';

/** softmax(Q·Kᵀ·scale + mask)·V in each head, the keys and values so far, and the scores. */
export const attention: Operator = {
  name: 'Attention',
  inputs: [3, 7],
  outputs: [1, 4],
  decompose: derivation => {
    const { node, inputs, g } = derivation;
    const [query, key, value, mask, pastKey, pastValue, lengths] = inputs;
    if (lengths)
      throw new Error('its gradient is not implemented for padded keys (nonpad_kv_seqlen)');
    const heads: Heads = {
      query: split(g, query, getInt(node, 'q_num_heads', 0)),
      key: behind(g, pastKey, split(g, key, getInt(node, 'kv_num_heads', 0))),
      value: behind(g, pastValue, split(g, value, getInt(node, 'kv_num_heads', 0))),
    };
    const result = attend(g, heads, { ...settingsOf(derivation), mask });
    return [g.dims(query).length === 4 ? result : joined(g, result), heads.key, heads.value];
  },
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

function settingsOf({ node, inputs: [, , , , pastKey], g }: Derivation) {
  return {
    scale: node.attributes.has('scale') ? getFloat(node, 'scale', 1) : undefined,
    softcap: getFloat(node, 'softcap', 0),
    isCausal: getInt(node, 'is_causal', 0) === 1,
    past: pastKey ? g.size(pastKey, 2) : 0,
  };
}

/** [batch, length, heads · size] as [batch, heads, length, size]. */
function split(g: Algebra, x: Value, heads: number): Value {
  const [batch, length, width] = g.dims(x);
  if (g.dims(x).length === 4) return x;
  return g.transpose(g.reshape(x, [batch, length, heads, width! / heads]), [0, 2, 1, 3]);
}

function joined(g: Algebra, x: Value): Value {
  const [batch, heads, length, size] = g.dims(x);
  return g.reshape(g.transpose(x, [0, 2, 1, 3]), [batch, length, heads! * size!]);
}

const behind = (g: Algebra, past: Value | undefined, x: Value): Value =>
  past ? g.concat([past, x], 2) : x;

/** [batch, heads, length, size], whether the heads have an axis of their own or not. */
function headed(dims: readonly number[], node: Node, attribute: string): readonly number[] {
  if (dims.length === 4) return dims;
  const heads = getInt(node, attribute, 0);
  if (heads === 0)
    throw new Error(`attribute ${attribute} is missing, which inputs of rank ${dims.length} need`);
  return [dims[0], heads, dims[1], dims[2] / heads];
}

/** Keys or values, those of the past in front. */
function cached(application: Application, input: number, past: number): number[] {
  const dims = headed(dimsOf(application, input), application.node, 'kv_num_heads');
  const before = hasInput(application, past) ? dimsOf(application, past)[2] : 0;
  return dims.with(2, dims[2] + before);
}
