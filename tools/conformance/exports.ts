import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpy } from '@nads/dataset';
import { readModel } from '@nads/onnx';
import { gradientModel, GradientRunner, pixelsOf } from '@nads/probe';
import { nodeRuntime } from '@nads/runtime/node';

/** Largest relative Frobenius error against PyTorch's gradients in float64. */
const tolerance = 1e-3;

/**
 * Gradients of torchvision's architectures against PyTorch's, with the number of nodes before and after.
 * Runs where NADS_EXPORTS names a folder that tools/torch/exports.py has filled.
 */
export async function run({ log }) {
  const result = { name: 'exports', passed: 0, failed: 0, skipped: 0, details: [] };
  const folder = process.env.NADS_EXPORTS;
  if (!folder || !existsSync(folder)) {
    const details = ['skipped: NADS_EXPORTS names no folder made by tools/torch/exports.py'];
    return { ...result, skipped: 1, details };
  }
  for (const name of namesIn(folder)) {
    try {
      const { error, own, before, after } = await against(join(folder, name));
      const line =
        `${name}: relative error ${error.toExponential(1)} ` +
        `(PyTorch in float32: ${own.toExponential(1)}), ${before} nodes become ${after}`;
      if (error <= tolerance) log(line);
      else result.details.push(line);
      result[error <= tolerance ? 'passed' : 'failed']++;
    } catch (error) {
      result.failed++;
      result.details.push(`${name}: ${error.message}`);
    }
  }
  return result;
}

const namesIn = folder =>
  readdirSync(folder)
    .filter(file => file.endsWith('.onnx'))
    .map(file => file.slice(0, -'.onnx'.length))
    .toSorted();

async function against(stem) {
  const read = kind => decodeNpy(readFileSync(`${stem}.${kind}.npy`), stem);
  const [points, expected] = [read('x'), read('gradients')];
  const { float32: own } = JSON.parse(readFileSync(`${stem}.json`, 'utf8'));
  const original = readModel(readFileSync(`${stem}.onnx`), stem);
  const model = gradientModel(original);
  const gradients = await gradientsOf(model, points.data, expected.shape);
  return {
    error: relativeError(gradients, expected.data),
    own,
    before: original.graph.nodes.length,
    after: nodesOf(model),
  };
}

/** Of each output at each point. */
async function gradientsOf(model, points, [count, outputs]) {
  const session = await nodeRuntime.createSession(model.model, { threads: 1 });
  const runner = new GradientRunner(session, model);
  const pixels = pixelsOf(model.image);
  const images = new Float32Array(count * outputs * pixels);
  const seeds = new Float32Array(count * outputs * runner.outputs);
  for (let row = 0; row < count * outputs; row++) {
    const point = Math.floor(row / outputs);
    images.set(points.subarray(point * pixels, (point + 1) * pixels), row * pixels);
    seeds[row * runner.outputs + (row % outputs)] = 1;
  }
  try {
    return (await runner.run(images, seeds)).gradients;
  } finally {
    await session.release();
  }
}

const nodesOf = ({ model }) => readModel(model).graph.nodes.length;

function relativeError(actual, expected) {
  const square = values => values.reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt(square(expected.map((x, i) => actual[i] - x)) / square(expected));
}
