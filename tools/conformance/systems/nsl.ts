import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { input, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { numbersOf, writeModel } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { fold, sourceModel } from '@nads/study';
import { toOnnx } from '@nads/train';
import { dynamicSimilarity, similarityConvolution } from '@nads/train/layers';
import { chooseBackend } from '@nads/train/node';
import type { CheckResult } from '../lib/check-result.ts';
import {
  checkFile,
  checkLayers,
  largestError,
  readArrays,
  valuesOf,
  type Numbers,
} from '../lib/layers-oracle.ts';
import { readFloats } from '../lib/read-floats.ts';

/** What setup.json says. */
interface Setup {
  readonly dynamic: boolean;
  /** Whether measures are unconstrained. */
  readonly full: boolean;
  readonly sphere?: boolean;
}

type Weights = Readonly<Record<string, Numbers>>;

/** The layer in TensorFlow.js, exported, and as the oracle's file has it. */
export async function check(folder: string, result: CheckResult): Promise<void> {
  const name = `nsl/${basename(folder)}`;
  await checkFile(name, folder, result);
  await chooseBackend('wasm');
  const setup = JSON.parse(readFileSync(join(folder, 'setup.json'), 'utf8')) as Setup;
  const weights = readArrays(join(folder, 'weights.npz'));
  const layers = built(folder, setup, weights);
  await checkLayers(name, folder, layers, named(weights), result);
  if (!setup.dynamic) await checkFolded(name, folder, layers, result);
}

/** Largest error of folded kernels, as a share of the largest number. */
const tolerance = 1e-6;

/** The kernel that `fold` leaves of our export, whose weights are the oracle's by now. */
async function checkFolded(
  name: string,
  folder: string,
  layers: LayersModel,
  result: CheckResult,
): Promise<void> {
  const source = sourceModel(`${name}.onnx`, writeModel(toOnnx(layers)));
  const { model: folded } = await fold(source, {}, { runtime: nodeRuntime });
  const { nodes, initializers } = folded.graph;
  const found = numbersOf(initializers.get(nodes[0].inputs[1])!);
  const error = largestError(found, readFloats(join(folder, 'folded_kernel.npy')).data);
  const isPlain = nodes.length === 1 && nodes[0].operator === 'Conv';
  const line = `${name}: folded to ${nodes.length} node, its kernel off by ${error.toExponential(1)}`;
  result.note(isPlain && error <= tolerance, line);
}

function built(folder: string, { dynamic, full, sphere }: Setup, weights: Weights): LayersModel {
  const { x, output } = valuesOf(folder);
  const [filters, , kernel] = weights.W.shape;
  const measure = full ? 'unconstrained' : 'diagonal';
  const stride = Math.round(x.shape[2] / output.shape[2]);
  const layer = (z: SymbolicTensor): SymbolicTensor =>
    dynamic
      ? dynamicSimilarity(z, 's', filters, kernel, {
          measure,
          stride,
          sphere,
          hidden: weights.m1.shape[0],
        })
      : similarityConvolution(z, 's', filters, kernel, {
          measure,
          stride,
          perChannel: isPerChannel(weights),
        });
  const z = input({ shape: x.shape.slice(1), name: 'x' });
  return model({ inputs: z, outputs: layer(z) });
}

/** Of d [k²] or M [k², k²], those of input channels have one axis more. */
const isPerChannel = ({ d, M }: Weights): boolean => (d ? d.shape.length > 1 : M.shape.length > 2);

/** The oracle's weights under our names. */
const named = (weights: Weights): Weights =>
  Object.fromEntries(
    Object.entries(weights).map(([key, value]) => {
      if (key === 'W') return ['s.weight', value];
      if (key === 'M') return ['s.measure', value];
      if (key === 'd') return ['s.diagonal_measure', squared(value)];
      return [key.startsWith('bn') ? `s.${key}` : `s.${key}.weight`, value];
    }),
  );

/** d [… , k²] as [… , k, k]. */
function squared({ shape, data }: Numbers): Numbers {
  const size = Math.sqrt(shape.at(-1)!);
  return { shape: [...shape.slice(0, -1), size, size], data };
}
