import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { node } from '../../src/graph.js';
import { attributes, type AttributeLike } from '../../src/attribute.js';
import { inferShapes } from '../../src/infer-shapes.js';
import type { Model } from '../../src/model.js';
import type { Known } from '../../src/shapes/known.js';
import { tensorOf, sizeOf, type Tensor } from '../../src/tensor.js';
import { writeModel } from '../../src/write-model.js';
import type { DataType } from '../../src/data-type.js';

/** One application of an operator. */
export interface Case {
  operator: string;
  /** Inputs that are fed: their dims are known, their elements are not. */
  data?: readonly Tensor[];
  /** Inputs behind those, constant; undefined where left out. */
  constants?: readonly (Tensor | undefined)[];
  attributes?: Record<string, AttributeLike | undefined>;
  outputs?: number;
  domain?: string;
}

/** What inference knows of the outputs of an application in an operator set. */
export function inferOne(one: Case, opset: number): Known[] {
  const inference = inferShapes(modelOf(one, opset));
  return outputNames(one).map(name => inference.get(name) ?? {});
}

/** The same where every input is constant. */
export const foldOne = (one: Case, opset: number): Known[] => inferOne(allConstant(one), opset);

/**
 * Asserts that inferred types and dims are those that onnxruntime computes, and that whatever is
 * folded of constants has the values that it computes. Returns what was folded.
 */
export async function expectAgreement(one: Case, opset: number): Promise<Known[]> {
  const real = await run(one, opset);
  expect(inferOne(one, opset).map(typeAndDims)).toEqual(real.map(typeAndDims));
  const folded = foldOne(one, opset);
  folded.forEach((known, i) => {
    if (known.value) expect(known.value.data).toEqual(real[i].data);
  });
  return folded;
}

const typeAndDims = ({ type, dims }: { type?: string; dims?: readonly number[] }) => ({
  type,
  dims,
});

/** A float32 tensor whose elements differ. */
export const sample = (...dims: number[]): Tensor =>
  tensorOf(
    'float32',
    dims,
    Array.from({ length: sizeOf(dims) }, (_, i) => ((7 * i) % 11) - 4.5),
  );

/** A vector of int64, or a tensor of another type and other dims. */
export const whole = (
  values: readonly number[],
  type: DataType = 'int64',
  dims: readonly number[] = [values.length],
): Tensor => tensorOf(type, dims, values);

/** A scalar. */
export const scalar = (value: number, type: DataType = 'int64'): Tensor =>
  tensorOf(type, [], [value]);

async function run(one: Case, opset: number): Promise<RuntimeTensor[]> {
  const session = await InferenceSession.create(writeModel(modelOf(one, opset)), {
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
    graphOptimizationLevel: 'disabled',
  });
  const feeds = (one.data ?? []).map((tensor, i) => [inputName(i), toRuntime(tensor)] as const);
  const outputs = await session.run(Object.fromEntries(feeds));
  return outputNames(one).map(name => outputs[name]);
}

const toRuntime = ({ type, dims, data }: Tensor): RuntimeTensor =>
  new RuntimeTensor(type as 'float32', data as Float32Array, dims);

const inputName = (i: number): string => `input${i}`;
const outputNames = ({ outputs = 1 }: Case): string[] =>
  Array.from({ length: outputs }, (_, i) => `output${i}`);

const allConstant = (one: Case): Case => ({
  ...one,
  data: [],
  constants: [...(one.data ?? []), ...(one.constants ?? [])],
});

export function modelOf(one: Case, opset: number): Model {
  const { operator, data = [], constants = [], domain = '' } = one;
  const inputs = [...data, ...constants].map((tensor, i) => (tensor ? inputName(i) : ''));
  const outputs = outputNames(one);
  const held = constants.flatMap((tensor, i) =>
    tensor ? [[inputName(data.length + i), tensor] as const] : [],
  );
  const only = node(operator, inputs, outputs, attributes(one.attributes ?? {}), { domain });
  return {
    irVersion: 8,
    opsets: new Map([['', opset], ...(domain ? [[domain, 1] as const] : [])]),
    producer: { name: '', version: '' },
    functions: [],
    graph: {
      name: 'one',
      nodes: [only],
      inputs: data.map(({ type, dims }, i) => ({ name: inputName(i), type, dims })),
      outputs: outputs.map(name => ({ name })),
      initializers: new Map(held),
      valueInfo: [],
    },
  };
}
