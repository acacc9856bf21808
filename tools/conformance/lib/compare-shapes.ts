import { inferShapes, withGraph, writeModel } from '@nads/onnx';
import { runModel } from './run-model.mjs';

/**
 * Compares the shapes inferred of every value of a model with those that onnxruntime computes.
 * Returns how many agree, those that are unknown to inference, and a sentence for each that differs.
 */
export async function compareShapes(model, feeds) {
  return compare(infer(model, feeds), await runModel(writeModel(exposeAll(model)), feeds));
}

/** Compares the shapes inferred of a model's outputs with those of the outputs on file. */
export function compareStated(model, feeds, expected) {
  const real = model.graph.outputs.map(({ name }, i) => [name, expected[i]]);
  return compare(infer(model, feeds), Object.fromEntries(real));
}

const infer = (model, feeds) =>
  inferShapes(
    model,
    Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, tensor.dims])),
  );

function compare(inference, real) {
  const result = { agreeing: 0, unknown: [], differing: [] };
  for (const [name, value] of Object.entries(real)) {
    const known = inference.get(name) ?? {};
    const problem = contradiction(known, value);
    if (problem) result.differing.push(`${name}: ${problem}`);
    else if (known.dims) result.agreeing++;
    else result.unknown.push(name);
  }
  return result;
}

/** Operators whose results are no tensors, which onnxruntime's JavaScript interface cannot return. */
const sequenceMakers = /^(Sequence(Construct|Empty|Erase|Insert|Map)|SplitToSequence|Optional)$/;

/** The model with every intermediate tensor among its outputs. */
function exposeAll(model) {
  const { nodes, outputs } = model.graph;
  const stated = new Set(outputs.map(output => output.name));
  const names = nodes
    .filter(node => !sequenceMakers.test(node.operator))
    .flatMap(node => node.outputs)
    .filter(name => name && !stated.has(name));
  return withGraph(model, { outputs: [...outputs, ...names.map(name => ({ name }))] });
}

function contradiction({ type, dims, value }, real) {
  if (dims && String(dims) !== String(real.dims)) return `[${dims}] inferred, [${real.dims}] real`;
  if (type && real.type && type !== real.type) return `${type} inferred, ${real.type} real`;
  if (value && type !== 'string' && !sameValues(value.data, real.data))
    return `values [${[...value.data].slice(0, 8)}] folded, [${[...real.data].slice(0, 8)}] real`;
  return '';
}

const sameValues = (a, b) => a.length === b.length && a.every((x, i) => x === b[i] || x !== x);
