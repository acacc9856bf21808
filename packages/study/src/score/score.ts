import type { LabelledImages } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { flatModel, parseInit, withFreshWeights, type Model } from '@nads/onnx';
import { pixelsOf } from '@nads/basis';
import {
  dependsOnOrder,
  scoredNetwork,
  scoreNetwork,
  type NetworkScores,
  type ScoredNetwork,
  type ScoreName,
} from '@nads/score';
import type { Runtime } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { imageOptions } from '../trained/trained-model.js';
import { nadsRank } from './nads-rank.js';
import { scoreBatch, type PreparedBatch } from './score-batch.js';
import { scoreEstimate, type ScoreEstimate } from './score-estimate.js';
import { scoreSettings, type AllScoreSettings, type ScoreSettings } from './score-settings.js';

/** The scores of a model. */
export interface ModelScores {
  readonly source: SourceModel;
  readonly settings: AllScoreSettings;
  /** The preprocessing of the images in one line, and where its parts come from. */
  readonly description: string;
  readonly scores: Readonly<Partial<Record<ScoreName, ScoreEstimate>>>;
  /** Why others do not exist. */
  readonly missing: Readonly<Partial<Record<ScoreName, string>>>;
  /** Codes of the first network, where they were asked for. */
  readonly codes?: NetworkScores['codes'];
  /** Effective rank of the spectrum of NADs, where it was asked for. */
  readonly nadsRank?: number;
  /** What messages call an image of the batch. */
  readonly nameOf: (index: number) => string;
  /** Of the runtime. */
  readonly runtime: string;
}

/**
 * Scores a model without training it: by the codes of its activations (NASWOT), by gradients, by its size.
 * @throws the signal's reason once it is aborted; OptionError for options that do not fit; one line that names the model where
 * it cannot be scored
 */
export async function score(
  source: SourceModel,
  images: LabelledImages,
  given: ScoreSettings,
  environment: Environment,
): Promise<ModelScores> {
  const { runtime, signal, onProgress } = environment;
  const settings = scoreSettings(given);
  return about(source.name, async () => {
    const options = optionsOf(settings);
    const { model } = source;
    const whole = scoredNetwork(model, options);
    const batch = scoreBatch(images, whole.image, settings);
    await requireNoOrder({ model, whole, batch, settings }, runtime);
    const found: NetworkScores[] = [];
    for (const network of networks(model, settings)) {
      signal?.throwIfAborted();
      found.push(await scoreNetwork(network, batch, { ...options, signal }, runtime));
      onProgress?.({ unit: 'networks', done: found.length, total: settings.repeats });
    }
    const { nads } = settings;
    const [{ codes, missing }] = found;
    return {
      source,
      settings,
      description: batch.description,
      scores: estimates(found),
      missing,
      codes,
      ...(nads !== undefined && {
        nadsRank: await nadsRank(source, nads, settings, environment),
      }),
      nameOf: batch.nameOf,
      runtime: runtime.name,
    };
  });
}

const optionsOf = ({ batch, batchNorm, scores, preprocessing = [] }: AllScoreSettings) => ({
  batch,
  batchNorm,
  scores,
  ...imageOptions(preprocessing),
});

/** The model as it is, or with fresh weights as often as asked for. */
function* networks(
  model: Model,
  { weights, repeats, init, seed }: AllScoreSettings,
): Generator<Model> {
  if (weights === 'file') return yield model;
  const random = new Random(seed).fork('network');
  for (let i = 0; i < repeats; i++)
    yield withFreshWeights(flatModel(model), parseInit(init), random.fork(i));
}

function estimates(found: readonly NetworkScores[]): ModelScores['scores'] {
  const names = Object.keys(found[0].values) as ScoreName[];
  return Object.fromEntries(
    names.map(name => [name, scoreEstimate(found.map(({ values }) => values[name] ?? NaN))]),
  );
}

/** Images that are looked at in another order. */
const few = 4;

/** @throws where the outputs of images change with their order, so that no score means anything. */
async function requireNoOrder(
  { model, whole, batch: { images }, settings }: Scored,
  runtime: Runtime,
): Promise<void> {
  const batch = whole.isFixed ? whole.batch : Math.min(few, whole.batch);
  const network = scoredNetwork(model, { ...optionsOf(settings), batch });
  const some = images.subarray(0, batch * pixelsOf(network.image));
  if (await dependsOnOrder(network, some, runtime))
    throw new Error(
      'its outputs depend on the order of the images in a batch; export it for a batch of 1',
    );
}

/** A model and what it is scored on. */
interface Scored {
  readonly model: Model;
  readonly whole: ScoredNetwork;
  readonly batch: PreparedBatch;
  readonly settings: AllScoreSettings;
}
