import type { LabelledImages } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { inlineFunctions, parseInit, withFreshWeights, type Model } from '@nads/onnx';
import {
  ParameterGradients,
  parameterCount,
  parameterModel,
  passesOf,
  pixelsOf,
  tangentKernel,
  type ParameterModel,
} from '@nads/probe';
import { matrixProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { requireFolder, writeTogether } from '../files/write-file.js';
import { balancedSample } from '../images/balanced-sample.js';
import { describeData, openData } from '../images/open-data.js';
import {
  choosePreprocessing,
  preprocessingOfInput,
  type PreprocessingFlags,
} from '../images/preprocessing-options.js';
import { explain, explainLater } from '../messages/explain.js';
import { duration, Progress } from '../messages/progress.js';
import { shortNumber } from '../messages/short-number.js';
import { loadModel } from '../models/load-model.js';
import { prepareImages } from '../models/trained-model.js';
import { ntkFiles, ntkNumbers, ntkText } from './ntk-files.js';

/** What `nads ntk` is told. */
export interface NtkOptions extends PreprocessingFlags {
  readonly data: string;
  readonly out: string;
  readonly images: number;
  readonly of: 'logits' | 'outputs';
  readonly outputIndex?: number;
  readonly fresh?: number;
  readonly init: string;
  readonly seed: number;
  /** Megabytes. */
  readonly memory: number;
  readonly quiet?: boolean;
}

/** Writes the empirical neural tangent kernel of a model at some images, and what it says of their labels. */
export async function ntk(file: string, options: NtkOptions): Promise<void> {
  const data = openData(options.data, options);
  const set = balancedSample(data, options.images, new Random(options.seed).fork('images'));
  const loaded = loadModel(file);
  const stated = choosePreprocessing(file, options).preprocessing;
  const derivative = explain(file, () =>
    parameterModel(weighted(loaded.model, options), {
      of: options.of,
      size: stated.size,
      layout: options.layout ?? (stated.layout === 'NHWC' ? 'NHWC' : undefined),
    }),
  );
  const images = imagesFor(file, derivative, set, options);
  const session = await explainLater(file, () => nodeRuntime.createSession(derivative.model));
  const gradients = new ParameterGradients(session, derivative);
  const outputs = chosenOutputs(file, gradients.outputs, options.outputIndex);
  requireFolder(options.out, '--out');
  const kept = keptGradients(derivative, options);
  const say = (text: string): void => void (options.quiet || process.stderr.write(text));
  say(`${images.description}\n${describeWork(derivative, set, outputs.length, kept)}\n`);
  const progress = new Progress('gradients', options.quiet);
  const kernel = await explainLater(file, async () =>
    tangentKernel(
      {
        images: set.count,
        outputs,
        parameters: parameterCount(derivative),
        write: (i, k, out) => gradients.write(images.at(i), k, out),
      },
      {
        kept,
        multiply: await matrixProduct(nodeRuntime),
        onGradient: (done, total) => progress.update(done, total),
      },
    ),
  ).finally(() => progress.end());
  const numbers = ntkNumbers(kernel, set.labels);
  const written = { loaded, derivative, options, set, outputs, numbers };
  writeTogether(ntkFiles(options.out, written));
  process.stdout.write(ntkText(written));
  say(`${duration(performance.now() / 1000)}, written to ${options.out}\n`);
}

/** The model with its own weights, or with fresh ones. */
function weighted(model: Model, { fresh, init }: NtkOptions): Model {
  if (fresh === undefined) return model;
  const random = new Random(fresh).fork('network').fork(0);
  return withFreshWeights(inlineFunctions(model), parseInit(init), random);
}

/** All images as the model takes them. */
function imagesFor(
  file: string,
  { image }: ParameterModel,
  set: LabelledImages,
  options: NtkOptions,
) {
  const chosen = choosePreprocessing(file, options, preprocessingOfInput(image));
  const preprocessing = { ...chosen.preprocessing, layout: 'NCHW' as const };
  const pictures = Array.from({ length: set.count }, (_, i) => set.image(i));
  const all = prepareImages({ image, preprocessing }, pictures, i => set.nameOf(i));
  const pixels = pixelsOf(image);
  return {
    description: chosen.description,
    at: (i: number) => all.subarray(i * pixels, (i + 1) * pixels),
  };
}

function chosenOutputs(file: string, count: number, index: number | undefined): number[] {
  if (index === undefined) return Array.from({ length: count }, (_, k) => k);
  if (index < count) return [index];
  throw new Error(`${file}: no output ${index}; --output-index takes 0 to ${count - 1}`);
}

/** Gradients that fit into the memory that may be used. @throws where not even two do. */
function keptGradients(derivative: ParameterModel, { memory }: NtkOptions): number {
  const bytes = 4 * parameterCount(derivative);
  const kept = Math.floor((memory * 1e6) / bytes);
  if (kept < 2)
    throw new Error(
      `--memory: two gradients take ${shortNumber(2 * bytes)}B, ${memory} MB are given; give more`,
    );
  return kept;
}

/** What the work takes, in a line for people. */
function describeWork(
  derivative: ParameterModel,
  set: LabelledImages,
  outputs: number,
  kept: number,
): string {
  const parameters = parameterCount(derivative);
  const passes = passesOf(set.count, outputs, kept);
  const again = passes / (set.count * outputs);
  const held = Math.min(kept, set.count);
  return (
    `${describeData(set)}; ${outputs} output(s), ${shortNumber(parameters).trimEnd()} parameters; ` +
    `${passes} backward passes, ${shortNumber(4 * parameters * held)}B for ${held} gradients at a time` +
    (again > 1
      ? ` (each is worked out ${again.toFixed(1)} times on average; fewer with more --memory)`
      : '')
  );
}
