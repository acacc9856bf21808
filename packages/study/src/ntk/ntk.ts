import type { LabelledImages } from '@nads/dataset';
import { OptionError, Random } from '@nads/linalg';
import { flatModel, parseInit, withFreshWeights, type Model } from '@nads/onnx';
import {
  ParameterGradients,
  parameterCount,
  parameterModel,
  passesOf,
  type ParameterModel,
  type TangentFeatures,
} from '@nads/probe';
import type { Runtime } from '@nads/runtime';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import { about } from '../named-error.js';
import { requireWhole } from '../require-whole.js';
import { shortNumber } from '../short-number.js';
import type { SourceModel } from '../source-model.js';
import { chosenImages } from '../trained/chosen-images.js';
import { preparedImages } from '../trained/prepared-images.js';
import { requireOutput } from '../trained/require-output.js';
import { imageOptions, type TrainedOptions } from '../trained/trained-model.js';
import { unlessAborted } from '../unless-aborted.js';
import { withDefaults } from '../with-defaults.js';
import { keptKernel } from './kept-kernel.js';
import { kernelNumbers, type KernelNumbers } from './kernel-numbers.js';

/** Settings of a tangent kernel. */
export interface NtkSettings extends Omit<TrainedOptions, 'batch'> {
  /** What the images are called in results; 'images' if not given. */
  readonly data?: string;
  /** Maximum number of images, balanced over classes; 100 if not given. */
  readonly images?: number;
  /** The kernel of one output, counted from 0; the sum over all outputs if not given. */
  readonly outputIndex?: number;
  /** Seed of fresh random weights; the model's own weights if not given. */
  readonly fresh?: number;
  /** How they are drawn, as `parseInit` reads it; 'pytorch' if not given. */
  readonly init?: string;
  /** Seed for choosing images; 0 if not given. */
  readonly seed?: number;
  /** Megabytes of memory for gradients that are kept; 1024 if not given. */
  readonly memory?: number;
  /** Continue from the kernel that an earlier run left in the store. */
  readonly resume?: boolean;
}

type Defaults = Required<Pick<NtkSettings, 'data' | 'images' | 'init' | 'memory' | 'of' | 'seed'>>;

const defaults: Defaults = {
  data: 'images',
  images: 100,
  init: 'pytorch',
  memory: 1024,
  of: 'logits',
  seed: 0,
};

/** What will be done. */
export interface NtkPlan {
  /** The preprocessing in one line, and where its parts come from. */
  readonly description: string;
  readonly derivative: ParameterModel;
  /** The images that were chosen. */
  readonly images: LabelledImages;
  /** The outputs whose kernels are summed. */
  readonly outputs: readonly number[];
  /** Gradients that are held at a time. */
  readonly kept: number;
  /** Backward passes that this takes. */
  readonly passes: number;
}

/** The empirical neural tangent kernel of a model at some images. */
export interface Ntk extends NtkPlan {
  readonly source: SourceModel;
  readonly settings: NtkSettings & Defaults;
  readonly numbers: KernelNumbers;
  /** Of the runtime. */
  readonly runtime: string;
}

/** How it is monitored and stopped. */
export interface NtkEnvironment extends Environment {
  readonly onPlan?: (plan: NtkPlan) => void;
}

/**
 * The empirical neural tangent kernel of a model at images, K[i, j] = Σ ∂f(x_i)/∂θ · ∂f(x_j)/∂θ over all weights θ (Jacot,
 * Gabriel & Hongler 2018), exact, and how well it agrees with their labels. Blocks of rows that are done, of one output after
 * the other, are kept in the store, from which `resume` continues.
 * @throws the signal's reason once it is aborted; OptionError for options that do not fit; an error where the model cannot
 * be differentiated or has no weights
 */
export async function ntk(
  source: SourceModel,
  images: LabelledImages,
  given: NtkSettings,
  environment: NtkEnvironment,
): Promise<Ntk> {
  const { runtime, store, signal, onPlan } = environment;
  const { resume, ...settings } = withDefaults(defaults, given);
  requireWhole({ images: settings.images });
  if (given.init !== undefined && given.fresh === undefined)
    throw new OptionError('init', 'it applies to fresh weights only; set `fresh`, or leave it out');
  const set = chosenImages(images, settings.images, settings.seed);
  const derivative = about(source.name, () => derivativeOf(source.model, settings));
  const prepared = preparedImages(derivative.image, set, settings.preprocessing);
  const gradients = await about(source.name, () => gradientsOf(derivative, runtime));
  const outputs = chosenOutputs(source.name, gradients.outputs, settings.outputIndex);
  const kept = keptGradients(derivative, settings.memory);
  await store?.ready();
  const passes = passesOf(set.count, outputs.length, kept);
  const { description } = prepared;
  const plan = { description, derivative, images: set, outputs, kept, passes };
  onPlan?.(plan);
  const identity = kernelIdentity(source, plan, settings, prepared.sha256);
  const features = featuresOf(gradients, prepared.at, plan);
  const numbers = await unlessAborted(signal, () =>
    about(source.name, async () =>
      kernelNumbers(
        await keptKernel(features, { ...environment, kept, identity, resume }),
        set.labels,
      ),
    ),
  );
  if (!numbers) throw signal!.reason;
  return { ...plan, source, settings, numbers, runtime: runtime.name };
}

function derivativeOf(
  model: Model,
  { of, preprocessing = [], fresh, init }: Ntk['settings'],
): ParameterModel {
  const weighted = fresh === undefined ? model : freshly(model, fresh, init);
  return parameterModel(weighted, { of, ...imageOptions(preprocessing) });
}

function freshly(model: Model, seed: number, init: string): Model {
  const random = new Random(seed).fork('network').fork(0);
  return withFreshWeights(flatModel(model), parseInit(init), random);
}

const gradientsOf = async (
  derivative: ParameterModel,
  runtime: Runtime,
): Promise<ParameterGradients> =>
  new ParameterGradients(await runtime.createSession(derivative.model), derivative);

function chosenOutputs(name: string, count: number, index: number | undefined): number[] {
  requireOutput(name, index, count);
  return index === undefined ? Array.from({ length: count }, (_, k) => k) : [index];
}

/** Gradients that fit into the memory that may be used. @throws OptionError where not even two do. */
function keptGradients(derivative: ParameterModel, memory: number): number {
  const bytes = 4 * parameterCount(derivative);
  const kept = Math.floor((memory * 1e6) / bytes);
  if (kept >= 2) return kept;
  throw new OptionError(
    'memory',
    `two gradients take ${shortNumber(2 * bytes)}B, more than ${memory} MB; increase it`,
  );
}

/** All that a kernel depends on, and how its sums are formed. */
const kernelIdentity = (
  { sha256, output }: SourceModel,
  { outputs, kept, images }: NtkPlan,
  { of, fresh, init }: Ntk['settings'],
  ofImages: string,
): Identity => ({
  model: sha256,
  ...(output !== undefined && { output }),
  of,
  weights: fresh === undefined ? 'own' : `fresh ${fresh} ${init}`,
  outputs: outputs.join(','),
  images: `${images.count} ${ofImages}`,
  'number of gradients in memory': Math.min(kept, images.count),
});

/** What a kernel is made of. */
const featuresOf = (
  gradients: ParameterGradients,
  at: (image: number) => Float32Array,
  { derivative, images, outputs }: NtkPlan,
): TangentFeatures => ({
  images: images.count,
  outputs,
  parameters: parameterCount(derivative),
  write: (i, k, out) => gradients.write(at(i), k, out),
});
