import { inferShapes, withGraph, writeModel } from '@nads/onnx';
import { runModel } from './run-model.mjs';

/**
 * Compares the shapes inferred of every value of a model with those that onnxruntime computes.
 * Returns how many agree, how many are unknown to inference, and a sentence for each that differs.
 */
export async function compareShapes(model, feeds) {
  const dims = Object.fromEntries(Object.entries(feeds).map(([name, { dims }]) => [name, dims]));
  const inference = inferShapes(model, dims);
  const real = await runModel(writeModel(exposeAll(model)), feeds);
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

/** The model with every intermediate value among its outputs. */
function exposeAll(model) {
  const { nodes, outputs } = model.graph;
  const stated = new Set(outputs.map(output => output.name));
  const names = nodes.flatMap(node => node.outputs).filter(name => name && !stated.has(name));
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
