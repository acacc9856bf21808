import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { encodeNpz, type NdArray } from '@nads/dataset';
import { pixelsOf } from '@nads/basis';
import { Random } from '@nads/linalg';
import { parseInit, readModel, withFreshWeights, type Model } from '@nads/onnx';
import { elasticImages, kernelSimilarity, WeightGradients } from '@nads/probe';
import { rowProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';

const itself = fileURLToPath(import.meta.url);

/** Images whose steps are taken, and images at which their effect is looked at. */
export const sizes = { rows: 500, columns: 2000 };

/** What a kernel took. */
export interface Measured {
  /** The shortest of some runs. */
  readonly seconds: number;
  /** The most memory that the process held. */
  readonly peakBytes: number;
  /** The first entries. */
  readonly entries: readonly number[];
}

/**
 * Measures the kernelised similarity of a fresh LeNet at noise in a process of its own.
 * @param folder gets `weights.npz` and `images.npy`'s counterpart `images.npz`, for others to do the same.
 */
export async function measureKernel(folder: string): Promise<Measured> {
  const words = [...process.execArgv, itself, folder];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return JSON.parse(stdout) as Measured;
}

async function measure(folder: string): Promise<Measured> {
  const file = new URL('../../models/lenet.onnx', import.meta.url);
  const read = readModel(readFileSync(file), 'lenet.onnx');
  const model = withFreshWeights(read, parseInit('pytorch'), new Random(0));
  const gradients = await WeightGradients.open(model, nodeRuntime);
  const images = new Float32Array((sizes.rows + sizes.columns) * pixelsOf(gradients.image));
  new Random(1).fillNormal(images, 0, 1);
  writeFileSync(`${folder}/weights.npz`, encodeNpz(stateOf(model)));
  const shape = [sizes.rows + sizes.columns, 1, 32, 32];
  writeFileSync(
    `${folder}/images.npz`,
    encodeNpz({ x: { dtype: 'float32', shape, data: images } }),
  );
  const product = await rowProduct(nodeRuntime);
  const middle = sizes.rows * pixelsOf(gradients.image);
  let [seconds, entries] = [Infinity, [] as number[]];
  for (let run = 0; run < 4; run++) {
    const started = performance.now();
    const [rows, columns] = await Promise.all(
      [images.subarray(0, middle), images.subarray(middle)].map(some =>
        elasticImages(gradients, some, 'squared', { chosen: [0] }),
      ),
    );
    const { data } = await kernelSimilarity(rows, columns, { product, memory: 5e8 });
    seconds = Math.min(seconds, (performance.now() - started) / 1000);
    entries = [...data.subarray(0, 8)];
  }
  return { seconds, entries, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

/** Weights under PyTorch's names. */
const stateOf = ({ graph }: Model): Record<string, NdArray> =>
  Object.fromEntries(
    [...graph.initializers]
      .filter(([, { type }]) => type === 'float32')
      .map(([name, { dims, data }]) => [
        name.replace('fresh/', ''),
        { dtype: 'float32', shape: dims, data: data as Float32Array },
      ]),
  );

if (argv[1] === itself) process.stdout.write(JSON.stringify(await measure(argv[2])));
