import type { Image, LabelledImages } from '@nads/dataset';
import {
  imageOf,
  pictureFiles,
  saliency as study,
  saliencyJson,
  type Baseline,
  type SaliencySettings,
  type SourceModel,
} from '@nads/study';
import { FolderStore, loadModel, nodeEnvironment, openData, readImages } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { warn } from '../terminal/warn.js';
import { watched } from '../terminal/watched.js';
import { saliencyTable } from './saliency-table.js';

/** Options of `nads saliency`. */
export interface SaliencyFlags
  extends Omit<SaliencySettings, 'baseline' | 'methods' | 'preprocessing'>, PreprocessingFlags {
  /** Files. */
  readonly image: readonly string[];
  readonly out: string;
  readonly method: NonNullable<SaliencySettings['methods']>;
  /** zero, mean, or a file. */
  readonly baseline: string;
  readonly quiet?: boolean;
}

/** Runs `nads saliency`; the maps of a picture are written before the next is begun. */
export async function saliency(file: string, flags: SaliencyFlags): Promise<void> {
  const { image: names, out, quiet } = flags;
  const source = loadModel(file);
  const settings = settingsOf(source, flags);
  const pictures = openPictures(names);
  const store = new FolderStore(out);
  let written = 0;
  const { result, isInterrupted } = await watched(quiet, watch =>
    study(source, pictures, settings, {
      ...nodeEnvironment(),
      ...watch,
      store,
      onPlan: ({ trained }) => void (quiet || process.stderr.write(`${trained.description}\n`)),
      async onPicture(found) {
        await store.write(pictureFiles(found));
        written++;
      },
    }),
  );
  if (isInterrupted) warn(`interrupted; ${written} of ${names.length} picture(s) are written`);
  if (!result) return;
  await store.write([saliencyJson(result)]);
  process.stdout.write(saliencyTable(result.pictures));
}

function settingsOf(source: SourceModel, flags: SaliencyFlags): SaliencySettings {
  const { of, batch, outputIndex, method: methods, steps, samples, noise, seed } = flags;
  const preprocessing = statedPreprocessing(source.name, flags);
  const baseline = readBaseline(flags.baseline, source, preprocessing);
  return {
    of,
    batch,
    outputIndex,
    methods,
    steps,
    samples,
    noise,
    seed,
    preprocessing,
    baseline,
  };
}

function readBaseline(
  name: string,
  source: SourceModel,
  preprocessing: SaliencySettings['preprocessing'],
): Baseline {
  if (name === 'zero' || name === 'mean') return name;
  if (!name.endsWith('.npy'))
    throw new Error(`--baseline: '${name}' is not zero, mean, or a .npy file`);
  const images = readImages(name, imageOf(source, preprocessing));
  if (images.length === 1) return { name, image: images[0] };
  throw new Error(`${name}: holds ${images.length} images, a baseline is one image`);
}

function openPictures(names: readonly string[]): LabelledImages {
  const pictures = names.map(onePicture);
  return { count: names.length, image: i => pictures[i], nameOf: i => names[i] };
}

function onePicture(name: string): Image {
  const found = openData(name);
  if (found.count === 1) return found.image(0);
  throw new Error(`${name}: ${found.count} pictures; --image takes single PNG or JPEG files`);
}
