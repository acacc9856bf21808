import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { decodeNpz } from '@nads/dataset';
import {
  differentiate,
  floats,
  inDoublePrecision,
  readModel,
  writeModel,
  type Model,
  type Tensor,
} from '@nads/onnx';
import type { Value } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { fromOnnx, toOnnx } from '@nads/train';
import type { CheckResult } from './check-result.ts';

/** Numbers with their dims. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** The values of a layer: inputs, outputs, and ∂⟨cotangent, output⟩/∂x. */
export interface LayerValues {
  readonly x: Numbers;
  readonly output: Numbers;
  readonly cotangent: Numbers;
  readonly input_gradient: Numbers;
  /** Outputs by the statistics of the batch, where there are batch norms. */
  readonly output_training?: Numbers;
}

/** Largest error in single precision, as a share of the largest value. */
const tolerance = 1e-5;

/** The arrays of a .npz file by name. */
export const readArrays = (file: string): Record<string, Numbers> =>
  Object.fromEntries(decodeNpz(readFileSync(file))) as unknown as Record<string, Numbers>;

export const valuesOf = (folder: string): LayerValues =>
  readArrays(join(folder, 'data.npz')) as unknown as LayerValues;

/** Largest difference, as a share of the largest expected value. */
export function largestError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, size] = [found.length === expected.length ? 0 : Infinity, 0];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(found[i] - expected[i]));
    size = Math.max(size, Math.abs(expected[i]));
  }
  return difference / size;
}

/** Outputs and input gradients of an ONNX file against an oracle's. */
export async function checkFile(name: string, folder: string, result: CheckResult): Promise<void> {
  const file = join(folder, 'model.onnx');
  await checkModel(`${name}, its ONNX file`, readModel(readFileSync(file), file), folder, result);
}

/** Outputs and input gradients of TensorFlow.js layers, and of their export, with an oracle's weights. */
export async function checkLayers(
  name: string,
  folder: string,
  layers: LayersModel,
  weights: Readonly<Record<string, Numbers>>,
  result: CheckResult,
): Promise<void> {
  fromOnnx(layers, new Map(Object.entries(weights).map(([key, value]) => [key, single(value)])));
  const { x, output, cotangent, input_gradient, output_training } = valuesOf(folder);
  const [found, gradient] = tf.tidy(() => {
    const f = (images: tf.Tensor): tf.Tensor =>
      layers.apply(images, { training: false }) as tf.Tensor;
    const at = tf.tensor(Float32Array.from(x.data), [...x.shape]);
    const v = tf.tensor(Float32Array.from(cotangent.data), [...cotangent.shape]);
    return [f(at).dataSync(), tf.grad(f)(at, v).dataSync()] as const;
  });
  report(`${name}, TensorFlow.js`, [found, gradient], [output, input_gradient], result);
  await checkModel(`${name}, its export`, toOnnx(layers), folder, result);
  if (output_training) checkTraining(name, layers, x, output_training, result);
}

/** Changes the running averages of the layers. */
function checkTraining(
  name: string,
  layers: LayersModel,
  x: Numbers,
  expected: Numbers,
  result: CheckResult,
): void {
  const found = tf.tidy(() => {
    const images = tf.tensor(Float32Array.from(x.data), [...x.shape]);
    return (layers.apply(images, { training: true }) as tf.Tensor).dataSync();
  });
  const error = largestError(found, expected.data);
  const line = `${name}, TensorFlow.js in training: outputs off by ${error.toExponential(1)}`;
  result.note(error <= tolerance, line);
}

async function checkModel(
  name: string,
  model: Model,
  folder: string,
  result: CheckResult,
): Promise<void> {
  const { x, output, cotangent, input_gradient } = valuesOf(folder);
  const [input] = model.graph.inputs;
  const derived = differentiate(model, { wrt: [input.name], keepOutputs: true });
  const { session, type } = await inBestPrecision(derived.model);
  const value = ({ shape, data }: Numbers): Value => ({
    type,
    dims: shape,
    data: type === 'float64' ? Float64Array.from(data) : Float32Array.from(data),
  });
  const found = await session.run({ [input.name]: value(x), [derived.seeds[0]]: value(cotangent) });
  await session.release();
  const numbers = [model.graph.outputs[0].name, derived.gradients[0]].map(
    key => found[key].data as Float32Array,
  );
  report(`${name} (${type})`, numbers, [output, input_gradient], result);
}

async function inBestPrecision(model: Model) {
  try {
    const session = await nodeRuntime.createSession(writeModel(inDoublePrecision(model)));
    return { session, type: 'float64' as const };
  } catch {
    return {
      session: await nodeRuntime.createSession(writeModel(model)),
      type: 'float32' as const,
    };
  }
}

function report(
  name: string,
  found: readonly ArrayLike<number>[],
  expected: readonly Numbers[],
  result: CheckResult,
): void {
  const [output, gradient] = found.map((one, i) => largestError(one, expected[i].data));
  const line = `${name}: outputs off by ${output.toExponential(1)}, input gradients by ${gradient.toExponential(1)}`;
  result.note(output <= tolerance && gradient <= tolerance, line);
}

const single = ({ shape, data }: Numbers): Tensor => floats(shape, Float32Array.from(data));
