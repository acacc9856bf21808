import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeNpy } from '@nads/dataset';
import { readModel } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { codeKernel, codeModel, logDeterminant, scoredNetwork, type CodeKernel } from '@nads/score';
import type { CheckResult } from '../lib/check-result.ts';
import { readFloats } from '../lib/read-floats.ts';

/** What scores.json says of codes, by batch-norm and batch. */
interface Expected {
  readonly units: number;
  readonly logdet: number;
}

/** What it says of inputs that occur several times. */
interface ExpectedSingular {
  readonly equal_codes: readonly (readonly number[])[];
  readonly rank: number;
}

interface Scores {
  readonly batch_sizes: readonly number[];
  readonly naswot: Readonly<Record<string, Expected>> & { readonly singular: ExpectedSingular };
}

/** Units that rounding may switch, and how far a logarithm may be off, relatively. */
const [fewUnits, roughly] = [4, 1e-4];

const modes = { train: 'training', eval: 'evaluation' } as const;

/** Codes and their kernels. */
export async function check(folder: string, result: CheckResult): Promise<void> {
  const scores = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8')) as Scores;
  const network = new Network(folder);
  for (const mode of ['train', 'eval'] as const)
    for (const batch of scores.batch_sizes)
      await checkKernel(network, mode, batch, scores.naswot[`${mode}_${batch}`], result);
  await checkSingular(network, scores, result);
}

/** A network and its images. */
class Network {
  readonly folder: string;
  readonly name: string;
  private readonly images: ReturnType<typeof readFloats>;

  constructor(folder: string) {
    this.folder = folder;
    this.name = basename(folder);
    this.images = readFloats(join(folder, 'x.npy'));
  }

  /** The first images. */
  first(batch: number): Float32Array {
    const { shape, data } = this.images;
    return Float32Array.from(data.subarray(0, (data.length / shape[0]) * batch));
  }

  async kernel(mode: keyof typeof modes, images: Float32Array, batch: number): Promise<CodeKernel> {
    const file = join(this.folder, 'model.onnx');
    const options = { batch, batchNorm: modes[mode] };
    const model = codeModel(scoredNetwork(readModel(readFileSync(file), file), options));
    const session = await nodeRuntime.createSession(model.model);
    const found = await codeKernel(session, model, images);
    await session.release();
    return found;
  }
}

async function checkKernel(
  network: Network,
  mode: keyof typeof modes,
  batch: number,
  expected: Expected,
  result: CheckResult,
): Promise<void> {
  const found = await network.kernel(mode, network.first(batch), batch);
  const wanted = readNumbers(join(network.folder, `K_${mode}_${batch}.npy`));
  const off = Math.max(...found.kernel.data.map((k, i) => Math.abs(k - wanted[i])));
  const { value } = logDeterminant(found.kernel);
  const error = Math.abs(value / expected.logdet - 1);
  const line = `${network.name} ${mode} ${batch}: ${found.units} units, K off by ${off}, log det off by ${error.toExponential(1)}`;
  result.note(found.units === expected.units && off <= fewUnits && error <= roughly, line);
}

/** The elements of a .npy file of whole numbers. */
const readNumbers = (file: string): number[] =>
  Array.from(decodeNpy(readFileSync(file), file).data as Int32Array, Number);

/** The same image at all places of a group. */
async function checkSingular(
  network: Network,
  { batch_sizes: [batch], naswot: { singular } }: Scores,
  result: CheckResult,
): Promise<void> {
  const images = network.first(batch);
  const pixels = images.length / batch;
  for (const [original, ...copies] of singular.equal_codes)
    for (const copy of copies)
      images.copyWithin(copy * pixels, original * pixels, (original + 1) * pixels);
  const { kernel } = await network.kernel('eval', images, batch);
  const { value, rank, equal } = logDeterminant(kernel);
  const same = JSON.stringify(equal) === JSON.stringify(singular.equal_codes);
  const line = `${network.name}: equal inputs ${JSON.stringify(equal)}, rank ${rank}, log det ${value}`;
  result.note(same && rank === singular.rank && value === -Infinity, line);
}
