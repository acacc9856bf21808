import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModel } from '@nads/onnx';
import { gradientModel, type GradientModel } from '@nads/probe';
import { nodeRuntime } from '@nads/runtime/node';
import { logitGradients } from './lib/logit-gradients.ts';
import { messageOf } from './lib/message-of.ts';
import { readFloats } from './lib/read-floats.ts';
import { relativeError } from './lib/relative-error.ts';
import type { CheckOptions } from './run.ts';

/** Largest relative Frobenius error against PyTorch's gradients in float64. */
const tolerance = 1e-3;

export const title = 'exports';

/**
 * Gradients of torchvision's architectures against PyTorch's, with the number of nodes before and after.
 * Runs where NADS_EXPORTS names a folder that tools/torch/exports.py has filled.
 */
export async function run({ result }: CheckOptions): Promise<void> {
  const folder = process.env.NADS_EXPORTS;
  if (!folder || !existsSync(folder)) {
    result.skip('skipped: NADS_EXPORTS names no folder made by tools/torch/exports.py');
    return;
  }
  for (const name of namesIn(folder)) {
    try {
      const { error, own, before, after } = await against(join(folder, name));
      const line =
        `${name}: relative error ${error.toExponential(1)} ` +
        `(PyTorch in float32: ${own.toExponential(1)}), ${before} nodes become ${after}`;
      result.note(error <= tolerance, line);
    } catch (error) {
      result.fail(`${name}: ${messageOf(error)}`);
    }
  }
}

const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter(file => file.endsWith('.onnx'))
    .map(file => file.slice(0, -'.onnx'.length))
    .toSorted();

/** How far our gradients are from PyTorch's, and PyTorch's own in float32; nodes of the model and of its gradient. */
interface Comparison {
  readonly error: number;
  readonly own: number;
  readonly before: number;
  readonly after: number;
}

async function against(stem: string): Promise<Comparison> {
  const [points, expected] = ['x', 'gradients'].map(kind => readFloats(`${stem}.${kind}.npy`));
  const { float32: own } = JSON.parse(readFileSync(`${stem}.json`, 'utf8')) as { float32: number };
  const original = readModel(readFileSync(`${stem}.onnx`), stem);
  const model = gradientModel(original);
  const gradients = await logitGradients(nodeRuntime, model, points.data, expected.shape);
  return {
    error: relativeError(gradients, expected.data),
    own,
    before: original.graph.nodes.length,
    after: nodesOf(model),
  };
}

const nodesOf = ({ model }: GradientModel): number => readModel(model).graph.nodes.length;
