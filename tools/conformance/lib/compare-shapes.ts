import {
  inferShapes,
  withGraph,
  writeModel,
  type Inference,
  type Known,
  type Model,
  type Tensor,
} from '@nads/onnx';
import type { Tensor as RuntimeTensor } from 'onnxruntime-node';
import { runModel, type RuntimeTensors } from './run-model.ts';

/** How inferred shapes compare with real ones. */
export interface ShapeComparison {
  /** How many agree. */
  readonly agreeing: number;
  /** Values that are unknown to inference. */
  readonly unknown: readonly string[];
  /** A sentence for each value that differs. */
  readonly differing: readonly string[];
}

/** Compares the shapes inferred of every value of a model with those that onnxruntime computes. */
export async function compareShapes(model: Model, feeds: RuntimeTensors): Promise<ShapeComparison> {
  return compare(infer(model, feeds), await runModel(writeModel(exposeAll(model)), feeds));
}

/** Compares the shapes inferred of a model's outputs with those of the outputs on file. */
export function compareStated(
  model: Model,
  feeds: RuntimeTensors,
  expected: readonly (Tensor | undefined)[],
): ShapeComparison {
  const real = new Map<string, Tensor>();
  const missing: string[] = [];
  model.graph.outputs.forEach(({ name }, i) => {
    const tensor = expected[i];
    if (tensor) real.set(name, tensor);
    else missing.push(`${name} is not on file`);
  });
  const comparison = compare(infer(model, feeds), Object.fromEntries(real));
  return { ...comparison, differing: [...comparison.differing, ...missing] };
}

const infer = (model: Model, feeds: RuntimeTensors): Inference =>
  inferShapes(
    model,
    Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, tensor.dims])),
  );

function compare(
  inference: Inference,
  real: Readonly<Record<string, Tensor | RuntimeTensor>>,
): ShapeComparison {
  const result = { agreeing: 0, unknown: [] as string[], differing: [] as string[] };
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
function exposeAll(model: Model): Model {
  const { nodes, outputs } = model.graph;
  const stated = new Set(outputs.map(output => output.name));
  const names = nodes
    .filter(node => !sequenceMakers.test(node.operator))
    .flatMap(node => node.outputs)
    .filter(name => name && !stated.has(name));
  return withGraph(model, { outputs: [...outputs, ...names.map(name => ({ name }))] });
}

function contradiction({ type, dims, value }: Known, real: Tensor | RuntimeTensor): string {
  if (dims && String(dims) !== String(real.dims)) return `[${dims}] inferred, [${real.dims}] real`;
  if (type && real.type && type !== real.type) return `${type} inferred, ${real.type} real`;
  if (value && type !== 'string' && !sameValues(value.data, real.data))
    return `values [${first(value.data)}] folded, [${first(real.data)}] real`;
  return '';
}

const first = (data: ArrayLike<unknown>): string => Array.from(data).slice(0, 8).join();

const sameValues = (a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean =>
  a.length === b.length && Array.from(a).every((x, i) => x === b[i] || x !== x);
