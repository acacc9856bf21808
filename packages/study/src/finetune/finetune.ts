import { OptionError, Random } from '@nads/linalg';
import type { Model } from '@nads/onnx';
import type { Runtime } from '@nads/runtime';
import type { Engine } from '@nads/train';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { scheduleOf } from '../train/schedule-of.js';
import type { BestWeights, Trained } from '../train/training.js';
import { requireSeparateImages } from '../trained/require-separate-images.js';
import { TrainingRun, type Course, type Kit } from '../train/training-run.js';
import type { TrainingSets } from '../train/training-sets.js';
import { finetuneNetwork, type FinetuneNetwork } from './finetune-network.js';
import { finetuneSets, type FinetuneImages } from './finetune-sets.js';
import {
  finetuneSettings,
  identityOf,
  type ChosenFinetuneSettings,
  type FinetuneSettings,
} from './finetune-settings.js';

/** How fine-tuning is monitored and stopped. */
export interface FinetuneEnvironment extends Environment {
  /** Told what is trained with what, in lines. */
  readonly onPlan?: (description: string) => void;
}

/** A model that was trained further. */
export interface Finetuned extends Trained {
  readonly source: SourceModel;
  readonly settings: ChosenFinetuneSettings;
  /** Of the validation images before the first step, in percent; undefined without such. */
  readonly before?: number;
}

/**
 * Trains a model of a file further, from its own weights, by the cross-entropy of its logits. Every epoch leaves checkpoint.npz,
 * history.csv, model.onnx and learning.svg in the store. Where its signal is aborted, the training as it stood after the last epoch.
 * @throws one line that names the model where it cannot be trained; the signal's reason where it is aborted before the first step is
 * done; OptionError for options that do not fit, where the loss is not finite, and where there is no checkpoint to resume from
 */
export async function finetune(
  source: SourceModel,
  images: FinetuneImages,
  given: FinetuneSettings,
  environment: FinetuneEnvironment,
): Promise<Finetuned> {
  const settings = finetuneSettings(given, images.validation !== undefined);
  const kit = await import('@nads/train'); // brings TensorFlow.js with it
  const found = about(source.name, () =>
    finetuneNetwork(source.model, settings.preprocessing, kit),
  );
  const sets = finetuneSets(images, { ...found, name: source.name }, settings);
  const { runtime, store, onPlan } = environment;
  await store?.ready();
  return about(source.name, async () => {
    const { network, image } = found;
    await requireSeparateImages(network, image, network.graph.outputs[0].name, runtime);
    const random = new Random(settings.seed);
    const engine = await openEngine(kit, found, settings, random, runtime);
    try {
      onPlan?.(sets.description);
      const first = await weightsOf(kit, engine, found.model, sets);
      const course = courseOf(kit, source, settings, first);
      const run = new TrainingRun({ kit, engine }, found.model, sets, course, environment);
      if (settings.resume) await run.resume();
      const trained = await toItsEnd(run, kit, random);
      return { ...trained, source, settings, before: first?.accuracy };
    } finally {
      await engine.close();
    }
  });
}

const openEngine = (
  { OnnxEngine, sgd }: Kit,
  { network }: FinetuneNetwork,
  { momentum, weightDecay, clip, batchNorm, threads }: ChosenFinetuneSettings,
  random: Random,
  runtime: Runtime,
): Promise<Engine> =>
  OnnxEngine.open(network, {
    optimizer: sgd({ momentum, weightDecay }),
    clip,
    batchNorm,
    threads,
    random: random.fork('dropout'),
    runtime,
  });

/** The weights as they are, and how good they are; undefined without images to tell. */
async function weightsOf(
  kit: Kit,
  engine: Engine,
  { graph }: Model,
  { test }: TrainingSets,
): Promise<BestWeights | undefined> {
  if (!test) return undefined;
  const weights = [...engine.state()].filter(([name]) => graph.initializers.has(name));
  return { epoch: -1, accuracy: 100 * (await kit.accuracy(engine, test)), state: new Map(weights) };
}

const courseOf = (
  kit: Kit,
  source: SourceModel,
  settings: ChosenFinetuneSettings,
  first: BestWeights | undefined,
): Course => ({
  epochs: settings.epochs,
  batch: settings.batch,
  schedule: scheduleOf(kit, settings.schedule, settings.learningRate),
  identity: identityOf(source, settings),
  title: source.name.replace(/^.*[/\\]/, ''),
  first: settings.keep === 'best' ? first : undefined,
});

async function toItsEnd(run: TrainingRun, { Diverged }: Kit, random: Random): Promise<Trained> {
  try {
    return await run.toItsEnd(random.fork('order'));
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    const problem = `the loss is ${error.loss} after ${error.step} steps; give a smaller one, or \`clip\` gradients`;
    throw new OptionError('learningRate', problem, error);
  }
}
