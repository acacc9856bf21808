import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { tensorOf } from '../tensor.js';

/** Queries, keys and values, [batch, heads, length, size]; keys and values may have fewer heads. */
export interface Heads {
  readonly query: Value;
  readonly key: Value;
  readonly value: Value;
}

interface Settings {
  /** Of the products; 1/√size unless given. */
  readonly scale: number | undefined;
  /** Scores s become softcap · tanh(s / softcap), unless it is 0. */
  readonly softcap: number;
  /** Whether queries see no keys behind their own place. */
  readonly isCausal: boolean;
  /** How many keys come before that of the first query. */
  readonly past: number;
  /** What is added to scores, or which of them count. */
  readonly mask?: Value;
}

/** Scores that do not count. */
const never = -1e30;

/** softmax(scale · Q·Kᵀ + mask)·V (ONNX operator specification, Attention): [batch, heads, length, size]. */
export function attend(g: Algebra, { query, key, value }: Heads, settings: Settings): Value {
  const { scale = 1 / Math.sqrt(g.size(query, 3)), softcap } = settings;
  const repeats = g.size(query, 1) / g.size(key, 1);
  const keys = repeated(g, key, repeats);
  const products = g.mul(g.matMul(query, g.transposeMatrices(keys)), scale);
  const capped = softcap > 0 ? g.mul(g.tanh(g.div(products, softcap)), softcap) : products;
  const scores = causal(g, masked(g, capped, settings.mask), settings);
  return g.matMul(g.op('Softmax', [scores], { axis: -1 }), repeated(g, value, repeats));
}

function masked(g: Algebra, scores: Value, mask?: Value): Value {
  if (!mask) return scores;
  return g.type(mask) === 'bool' ? g.where(mask, scores, never) : g.add(scores, mask);
}

function causal(g: Algebra, scores: Value, { isCausal, past }: Settings): Value {
  if (!isCausal) return scores;
  const [rows, columns] = [g.size(scores, 2), g.size(scores, 3)];
  const seen = Array.from({ length: rows * columns }, (_, at) =>
    Number(at % columns <= past + Math.floor(at / columns)),
  );
  return g.where(g.constant(tensorOf('bool', [rows, columns], seen)), scores, never);
}

/** Each head several times in a row. */
function repeated(g: Algebra, x: Value, times: number): Value {
  if (times === 1) return x;
  const [batch, heads, length, size] = g.dims(x);
  const apart = g.reshape(x, [batch, heads, 1, length, size]);
  const stretched = g.op('Expand', [apart, g.integers([1, 1, times, 1, 1])]);
  return g.reshape(stretched, [batch, heads! * times, length, size]);
}
