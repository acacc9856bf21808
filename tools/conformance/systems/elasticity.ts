import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeNpz } from '@nads/dataset';
import { readModel } from '@nads/onnx';
import {
  elasticImages,
  kernelSimilarity,
  relativeSimilarity,
  relativeSimilarityOfSteps,
  SteppedNetwork,
  stepSimilarities,
  WeightGradients,
  type ElasticImages,
  type ElasticLossName,
} from '@nads/probe';
import { rowProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import type { CheckResult } from '../lib/check-result.ts';
import { largestError } from '../lib/layers-oracle.ts';
import { readFloats } from '../lib/read-floats.ts';

/** What setup.json says. */
interface Setup {
  readonly loss: ElasticLossName;
  readonly etas: readonly number[];
  readonly parameters: number;
}

/** How far similarities may be off, of the largest. */
const tolerance = 1e-5;

/** Bytes for gradients: little, so that kernels are worked out block by block. */
const memory = 1 << 21;

/** Outputs, and similarities exactly, to first order and by real steps. */
export async function check(folder: string, result: CheckResult): Promise<void> {
  const setup = JSON.parse(readFileSync(join(folder, 'setup.json'), 'utf8')) as Setup;
  const file = join(folder, 'model.onnx');
  const model = readModel(readFileSync(file), file);
  const gradients = await WeightGradients.open(model, nodeRuntime);
  const oracle = new Oracle(folder, gradients, result);
  const { parameters, isBatched } = gradients;
  result.note(
    parameters === setup.parameters,
    `${oracle.name}: ${parameters} parameters, gradients ${isBatched ? 'of whole batches' : 'one by one'}`,
  );
  await oracle.check(setup.loss);
  const network = await SteppedNetwork.open(model, nodeRuntime);
  await oracle.checkSteps(setup, network);
  await network.release();
  await gradients.release();
}

/** A network of the oracles of local elasticity, and its images. */
class Oracle {
  readonly name: string;
  private readonly folder: string;
  private readonly gradients: WeightGradients;
  private readonly result: CheckResult;
  private readonly x: Float32Array;
  private readonly y: number[];

  constructor(folder: string, gradients: WeightGradients, result: CheckResult) {
    this.folder = folder;
    this.name = basename(folder);
    this.gradients = gradients;
    this.result = result;
    const arrays = decodeNpz(readFileSync(join(folder, 'inputs.npz')), 'inputs.npz');
    const numbers = (name: string): number[] => Array.from(arrays.get(name)!.data, Number);
    this.x = Float32Array.from(numbers('x'));
    this.y = numbers('y');
  }

  async check(loss: ElasticLossName): Promise<void> {
    const images = await this.images(loss);
    const f = Array.from(this.y, (_, i) => images.f(i)[0]);
    this.compare('f.npy', f);
    const product = await rowProduct(nodeRuntime);
    const options = { product, memory };
    const kernel = await kernelSimilarity(images, images, options);
    this.compare('sker_exact.npy', kernel.data);
    this.compare('srel_first_order.npy', relativeSimilarity(kernel).data);
    const steps = await relativeSimilarityOfSteps(images, i => [this.y[i]], options);
    this.compare('srel_first_order.npy', steps.data, ', along steps');
    const probabilities = await this.images('cross-entropy');
    if (existsSync(join(this.folder, 'sker_probability_exact.npy')))
      this.compare(
        'sker_probability_exact.npy',
        (await kernelSimilarity(probabilities, probabilities, options)).data,
      );
  }

  /** Steps of SGD, in the precision that is at hand. */
  async checkSteps({ loss, etas }: Setup, network: SteppedNetwork): Promise<void> {
    const images = await this.images(loss);
    const how = `, by steps in ${network.precision}`;
    const targets = (i: number): number[] => [this.y[i]];
    const found = await stepSimilarities({ network, images, targets, etas });
    for (const { eta, kernel, relative } of found) {
      this.compare(this.fileAt('sker', eta), kernel!.data, how);
      this.compare(this.fileAt('srel', eta), relative.data, how);
    }
  }

  /** The file of a length of steps, however that is written. */
  private fileAt(stem: string, eta: number): string {
    const start = `${stem}_eta`;
    const isIt = (file: string): boolean =>
      file.startsWith(start) && Number(file.slice(start.length, -'.npy'.length)) === eta;
    return readdirSync(this.folder).find(isIt) ?? `${start}${eta}.npy`;
  }

  private images(loss: ElasticLossName): Promise<ElasticImages> {
    return elasticImages(this.gradients, this.x, loss);
  }

  private compare(file: string, found: ArrayLike<number>, how = ''): void {
    const off = largestError(found, readFloats(join(this.folder, file)).data);
    this.result.note(
      off <= tolerance,
      `${this.name}: ${file}${how} off by ${off.toExponential(1)} of the largest`,
    );
  }
}
