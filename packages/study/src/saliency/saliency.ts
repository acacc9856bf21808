import type { ImageShape } from '@nads/basis';
import { preprocess, type LabelledImages } from '@nads/dataset';
import type { OnProgress, Watched } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import { requireWhole } from '../require-whole.js';
import type { SourceModel } from '../source-model.js';
import { requireOutput } from '../trained/require-output.js';
import {
  openTrained,
  prepareImages,
  type TrainedModel,
  type TrainedOptions,
} from '../trained/trained-model.js';
import { unlessAborted } from '../unless-aborted.js';
import { withDefaults } from '../with-defaults.js';
import { attributions, type Attributions, type AttributionOptions } from './attributions.js';
import { baselineOf, type Baseline } from './baseline.js';
import { scoresOf, type Scores } from './scores-of.js';
import { stemsOf } from './stems-of.js';

/** Settings of saliency maps. */
export interface SaliencySettings
  extends
    TrainedOptions,
    Partial<Pick<AttributionOptions, 'methods' | 'noise' | 'samples' | 'seed' | 'steps'>> {
  /** Which output, counted from 0; the largest of each picture if not given. */
  readonly outputIndex?: number;
  /** Baseline of integrated gradients; 'zero' if not given. */
  readonly baseline?: Baseline;
}

/** What was found of one picture. */
export interface PictureSaliency extends Attributions, Scores {
  /** The file of the model. */
  readonly model: string;
  readonly picture: string;
  /** What its files begin with: its name without folder and ending, numbered where two are the same. */
  readonly stem: string;
  /** The picture as the model sees it, but with values from 0 to 1: [C·H·W]. */
  readonly shown: Float32Array;
  readonly image: ImageShape;
}

/** Settings with their defaults. */
export type SettledSaliency = SaliencySettings & Defaults;

type Defaults = Required<Omit<SaliencySettings, 'batch' | 'outputIndex' | 'preprocessing'>>;

/** Saliency maps of pictures. */
export interface Saliency {
  readonly source: SourceModel;
  readonly trained: TrainedModel;
  readonly settings: SettledSaliency;
  /** Of the pictures that are done. */
  readonly pictures: readonly PictureSaliency[];
  /** Of the runtime. */
  readonly runtime: string;
}

/** How it is monitored and stopped. */
export interface SaliencyEnvironment extends Environment {
  readonly onPlan?: (plan: { readonly trained: TrainedModel }) => void;
  /** Called with the result of each picture as soon as it is done, and awaited. */
  readonly onPicture?: (found: PictureSaliency) => void | Promise<void>;
}

const defaults: Defaults = {
  of: 'logits',
  methods: ['gradient', 'gradient-x-input', 'integrated', 'smooth'],
  steps: 128,
  baseline: 'zero',
  samples: 50,
  noise: 0.1,
  seed: 0,
};

/**
 * Saliency maps: which pixels of pictures one output of a model depends on. Where its signal is aborted, the pictures that
 * are done by then.
 * @throws the signal's reason where it is aborted before the first picture is done; OptionError for options that do not
 * fit; an error where the model cannot be differentiated
 */
export async function saliency(
  source: SourceModel,
  pictures: LabelledImages,
  given: SaliencySettings,
  environment: SaliencyEnvironment,
): Promise<Saliency> {
  const { runtime, store, signal, onPlan, onPicture, onProgress } = environment;
  const settings = withDefaults(defaults, given);
  requireWhole({ steps: settings.steps, samples: settings.samples });
  const trained = await openTrained(source, settings, runtime);
  requireOutput(source.name, settings.outputIndex, trained.runner.outputs);
  const saliencyOf = saliencyOfPicture(trained, settings);
  const prepared = preparedPictures(pictures, trained);
  await store?.ready();
  onPlan?.({ trained });
  const done: PictureSaliency[] = [];
  for (const [i, picture] of prepared.entries()) {
    const watched = { signal, onProgress: ofMany(i, prepared.length, onProgress) };
    const found = await unlessAborted(signal, () =>
      about(source.name, () => saliencyOf(picture, watched)),
    );
    if (!found) break;
    await onPicture?.(found);
    done.push(found);
  }
  if (done.length === 0) signal?.throwIfAborted();
  return { source, trained, settings, pictures: done, runtime: runtime.name };
}

/** The progress of one picture as that of all. */
const ofMany =
  (before: number, pictures: number, onProgress?: OnProgress): OnProgress =>
  ({ unit, done, total = 0 }) =>
    onProgress?.({ unit, done: before * total + done, total: pictures * total });

interface PreparedPicture extends Pick<PictureSaliency, 'picture' | 'stem' | 'shown'> {
  /** As the model takes it: [C·H·W]. */
  readonly x: Float32Array;
}

function preparedPictures(pictures: LabelledImages, trained: TrainedModel): PreparedPicture[] {
  const { size, resize, crop, channels } = trained.preprocessing;
  const plain = { range: [0, 1], mean: [0], std: [1], order: 'RGB', layout: 'NCHW' } as const;
  const names = Array.from({ length: pictures.count }, (_, i) => pictures.nameOf(i));
  const stems = stemsOf(names);
  return names.map((picture, i) => {
    const pixels = [pictures.image(i)];
    const nameOf = (): string => picture;
    const x = prepareImages(trained, pixels, nameOf);
    const shown = preprocess(pixels, { size, resize, crop, channels, ...plain }, nameOf).data;
    return { picture, stem: stems[i], x, shown };
  });
}

function saliencyOfPicture(
  trained: TrainedModel,
  settings: SettledSaliency,
): (prepared: PreparedPicture, watched: Watched) => Promise<PictureSaliency> {
  const { runner, image, source } = trained;
  const baseline = baselineOf(settings.baseline, trained);
  return async ({ x, ...picture }, watched) => {
    const scores = await scoresOf(runner, x, settings);
    const options = { ...settings, baseline: baseline(x), ...watched };
    const found = await attributions(runner, x, scores.output, options);
    return { ...picture, model: source.name, image, ...scores, ...found };
  };
}
