import type { LabelledImages } from '@nads/dataset';
import { Random, type Matrix } from '@nads/linalg';
import { flatModel, parseInit, withFreshWeights, type Model } from '@nads/onnx';
import {
  elasticImages,
  gradientsOf,
  relativeSimilarity,
  relativeSimilarityOfSteps,
  similarityTerms,
  SteppedNetwork,
  stepSimilarities,
  WeightGradients,
  type ElasticImages,
  type StepSimilarities,
} from '@nads/probe';
import { rowProduct, type RowProduct } from '@nads/runtime';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { preparedImages, type PreparedImages } from '../trained/prepared-images.js';
import { requireOutput } from '../trained/require-output.js';
import { imageOptions } from '../trained/trained-model.js';
import { unlessAborted } from '../unless-aborted.js';
import { elasticSet, targetsOf, type ElasticSet } from './elastic-set.js';
import {
  elasticitySettings,
  type AllElasticitySettings,
  type ElasticitySettings,
} from './elasticity-settings.js';
import { KeptKernels } from './kept-kernels.js';
import { Clustering, type PixelClusters, type SimilarityClusters } from './similarity-clusters.js';

/** What will be done. */
export interface ElasticityPlan {
  readonly set: ElasticSet;
  /** The preprocessing in one line, and where its parts come from. */
  readonly description: string;
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Whether gradients of a batch come from one run. */
  readonly isBatched: boolean;
  /** Outputs whose changes are compared. */
  readonly outputs: readonly number[];
  /** Gradients of one image that the kernel of one network takes. */
  readonly gradients: number;
  /** How many clusters are looked for. */
  readonly clusters: number;
}

/** Similarities of images as one network gives them. */
export interface NetworkElasticity {
  /** S_ker [n × n]. */
  readonly kernel: Matrix;
  /** S_rel [n × n] to first order; NaN in rows of images at which the loss is flat. */
  readonly relative: Matrix;
  /** Mean loss of the images. */
  readonly loss: number;
  readonly clusters: SimilarityClusters;
}

/** Real steps of the first network. */
export interface ElasticitySteps {
  readonly similarities: readonly StepSimilarities[];
  readonly precision: SteppedNetwork['precision'];
  /** Why the precision is not float64. */
  readonly obstacle?: string;
}

/** The local elasticity of a model. */
export interface Elasticity extends ElasticityPlan {
  readonly source: SourceModel;
  readonly settings: AllElasticitySettings;
  readonly networks: readonly NetworkElasticity[];
  readonly pixels: PixelClusters;
  readonly steps?: ElasticitySteps;
  /** Of the runtime. */
  readonly runtime: string;
}

/** How it is monitored and stopped. */
export interface ElasticityEnvironment extends Environment {
  readonly onPlan?: (plan: ElasticityPlan) => void;
}

/**
 * How alike images are to a network: by how much a step of training at one changes what it says of the other (local elasticity, He &
 * Su 2020), exactly and on request by real steps; and which clusters that makes, beside those of pixels. Kernels are kept in the store,
 * from which `resume` continues.
 * @throws the signal's reason once it is aborted; OptionError for options that do not fit; one line that names the model where it cannot
 * be differentiated.
 */
export async function elasticity(
  source: SourceModel,
  images: LabelledImages,
  given: ElasticitySettings,
  environment: ElasticityEnvironment,
): Promise<Elasticity> {
  const { resume = false, ...rest } = given;
  const settings = elasticitySettings(rest);
  const set = elasticSet(images, settings);
  const product = await rowProduct(environment.runtime);
  const study = new Study(source, set, settings, environment, product);
  const { signal } = environment;
  const found = await unlessAborted(signal, () => about(source.name, () => study.run(resume)));
  if (!found) throw signal!.reason;
  return found;
}

class Study {
  private readonly source: SourceModel;
  private readonly set: ElasticSet;
  private readonly settings: AllElasticitySettings;
  private readonly environment: ElasticityEnvironment;
  private readonly product: RowProduct;

  constructor(
    source: SourceModel,
    set: ElasticSet,
    settings: AllElasticitySettings,
    environment: ElasticityEnvironment,
    product: RowProduct,
  ) {
    this.source = source;
    this.set = set;
    this.settings = settings;
    this.environment = environment;
    this.product = product;
  }

  async run(resume: boolean): Promise<Elasticity> {
    const { source, set, settings, environment } = this;
    const models = [...networksOf(source.model, settings)];
    const first = await this.open(models[0]);
    const prepared = preparedImages(first.image, set.images, settings.preprocessing);
    const clustering = new Clustering(set, settings);
    const start = await this.imagesOf(first, prepared);
    const plan = this.planOf(first, start, prepared, clustering);
    await environment.store?.ready();
    environment.onPlan?.(plan);
    const identity = this.identity(plan, prepared);
    const kernels = await KeptKernels.open(environment, identity, set.labels.length, resume);
    const pixels = clustering.ofPixels(prepared.all);
    const networks: NetworkElasticity[] = [];
    for (const [i, model] of models.entries()) {
      const at = i === 0 ? start : await this.imagesOf(await this.open(model), prepared);
      networks.push(await this.networkOf(i, at, kernels, clustering));
      await at.gradients.release();
    }
    if (settings.eta.length > 0) await kernels.save();
    const steps = settings.eta.length > 0 ? await this.steps(models[0], start) : undefined;
    return {
      ...plan,
      source,
      settings,
      networks,
      pixels,
      steps,
      runtime: environment.runtime.name,
    };
  }

  private open(model: Model): Promise<WeightGradients> {
    return WeightGradients.open(model, this.environment.runtime, this.modelOptions());
  }

  private modelOptions() {
    const { of, preprocessing = [] } = this.settings;
    return { of, ...imageOptions(preprocessing) };
  }

  private imagesOf(gradients: WeightGradients, { all }: PreparedImages): Promise<ElasticImages> {
    const { outputIndex, loss } = this.settings;
    requireOutput(this.source.name, outputIndex, gradients.outputs);
    const chosen = outputIndex === undefined ? undefined : [outputIndex];
    const nameOf = (i: number): string => this.set.images.nameOf(i);
    return elasticImages(gradients, all, loss, { chosen, nameOf });
  }

  private planOf(
    { parameters, isBatched }: WeightGradients,
    images: ElasticImages,
    { description }: PreparedImages,
    { count }: Clustering,
  ): ElasticityPlan {
    this.targetsFor(images);
    return {
      set: this.set,
      description,
      parameters,
      isBatched,
      outputs: images.chosen,
      gradients: gradientsOf(similarityTerms(images), this.memory),
      clusters: count,
    };
  }

  /** @throws OptionError where labels are no targets. */
  private targetsFor(images: ElasticImages): (i: number) => readonly number[] {
    return targetsOf(this.set, images.chosen.length, this.settings);
  }

  private get memory(): number {
    return this.settings.memory * 1e6;
  }

  private async networkOf(
    index: number,
    images: ElasticImages,
    kernels: KeptKernels,
    clustering: Clustering,
  ): Promise<NetworkElasticity> {
    const { product, memory } = this;
    const kernel = await kernels.of(index, similarityTerms(images), { product, memory });
    requireDifferences(kernel);
    const relative = await this.relativeOf(images, kernel);
    const targets = this.targetsFor(images);
    const losses = Array.from(this.set.labels, (_, i) =>
      images.loss.value(images.f(i), targets(i)),
    );
    return {
      kernel,
      relative,
      loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
      clusters: clustering.bySimilarity(kernel, relative),
    };
  }

  /** Of one output it follows from the kernel. */
  private async relativeOf(images: ElasticImages, kernel: Matrix): Promise<Matrix> {
    if (images.chosen.length === 1) return relativeSimilarity(kernel);
    const { product, memory } = this;
    const { signal, onProgress } = this.environment;
    const options = { product, memory, signal, onProgress };
    return relativeSimilarityOfSteps(images, this.targetsFor(images), options);
  }

  private async steps(model: Model, images: ElasticImages): Promise<ElasticitySteps> {
    const { environment, settings } = this;
    const network = await SteppedNetwork.open(model, environment.runtime, this.modelOptions());
    const targets = this.targetsFor(images);
    const { precision, obstacle } = network;
    const similarities = await stepSimilarities(
      { network, images, targets, etas: settings.eta },
      environment,
    );
    await network.release();
    return { similarities, precision, obstacle };
  }

  /** All that similarities depend on, and how their sums are formed. */
  private identity({ outputs }: ElasticityPlan, { sha256 }: PreparedImages): Identity {
    const { source, set, settings } = this;
    const { of, loss, weights, seed, init, memory } = settings;
    return {
      model: source.sha256,
      ...(source.output !== undefined && { output: source.output }),
      of,
      loss,
      weights: weights === 'file' ? 'file' : `fresh ${seed} ${init}`,
      outputs: outputs.join(','),
      images: `${set.labels.length} ${sha256}`,
      memory,
    };
  }
}

/** Smaller differences of similarities are rounding. */
const rounding = 1e-6;

/** @throws where all images are alike to the network, so that there is nothing to cluster */
function requireDifferences({ data }: Matrix): void {
  const [least, most] = data.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [
    Infinity,
    -Infinity,
  ] as const);
  if (most - least > rounding * Math.abs(most)) return;
  throw new Error(
    'a step at any image changes the outputs of all images by the same: either its outputs do not depend on the image, or all images are equal',
  );
}

/** The model as it is, or with fresh weights as often as asked for. */
function* networksOf(
  model: Model,
  { weights, repeats, init, seed }: AllElasticitySettings,
): Generator<Model> {
  if (weights === 'file') return yield model;
  const random = new Random(seed).fork('network');
  for (let i = 0; i < repeats; i++)
    yield withFreshWeights(flatModel(model), parseInit(init), random.fork(i));
}
