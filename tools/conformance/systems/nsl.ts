import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { input, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { dynamicSimilarity, similarityConvolution } from '@nads/train/layers';
import { chooseBackend } from '@nads/train/node';
import type { CheckResult } from '../lib/check-result.ts';
import {
  checkFile,
  checkLayers,
  readArrays,
  valuesOf,
  type Numbers,
} from '../lib/layers-oracle.ts';

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
      if (key === 'd') return ['s.measure', squared(value)];
      return [key.startsWith('bn') ? `s.${key}` : `s.${key}.weight`, value];
    }),
  );

/** d [… , k²] as [… , k, k]. */
function squared({ shape, data }: Numbers): Numbers {
  const size = Math.sqrt(shape.at(-1)!);
  return { shape: [...shape.slice(0, -1), size, size], data };
}
