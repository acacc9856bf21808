import type { LabelledImages } from '@nads/dataset';
import {
  coefficientsOf,
  outputGradients,
  pixelsOf,
  subspaceMargins,
  type Margin,
  type MarginOptions,
} from '@nads/probe';
import { explainLater } from '../messages/explain.js';
import { prepareImages, type TrainedModel } from '../models/trained-model.js';
import { blockGroups, type Block } from './margin-blocks.js';

/** Margins of the first images of a set in blocks of a basis. */
export interface Margins {
  /** How many images. */
  readonly images: number;
  /** Image by image, those of an image in the order of the blocks. */
  readonly found: readonly Margin[];
  /** How many images have the label that the model gives them. */
  readonly correct: number;
  /** E‖P ∇f‖² of each block, P the projection onto it and f the logit of the decision. */
  readonly energy: Float64Array;
}

/** How it is done, and how far it has come. */
export interface Measuring extends Pick<MarginOptions, 'classes' | 'overshoot' | 'iterations'> {
  /** Ends it; images whose margins are all known are kept. */
  readonly signal: AbortSignal;
  readonly proceed: (searches: number) => void;
}

/** Images whose searches run side by side, and numbers of the directions they run along. */
const atOnce = { images: 16, numbers: 2 ** 25 };

/** Thrown to leave a search at once. */
class Stopped extends Error {}

/** Margins and gradients by pixel from 0, black, to 1. @throws one line that names the file or the image */
export async function measureMargins(
  file: string,
  trained: TrainedModel,
  set: LabelledImages,
  blocks: readonly Block[],
  measuring: Measuring,
): Promise<Margins> {
  const found: Margin[] = [];
  const energy = new Float64Array(blocks.length);
  let [images, correct] = [0, 0];
  while (images < set.count) {
    const first = images;
    const count = Math.min(atOnce.images, set.count - first);
    const pictures = Array.from({ length: count }, (_, i) => set.image(first + i));
    const x = prepareImages(trained, pictures, i => set.nameOf(first + i));
    const part = await explainLater(file, () =>
      margins(trained, x, blocks, first, measuring),
    ).catch((error: unknown) => {
      if ((error as Error).cause instanceof Stopped) return undefined;
      throw error;
    });
    if (!part) break;
    const labels = Array.from({ length: count }, (_, i) => part[i * blocks.length].label);
    await addEnergy(trained, x, labels, blocks, energy);
    found.push(...part);
    correct += labels.filter((label, i) => label === set.labels?.[first + i]).length;
    images += count;
  }
  return { images, found, correct, energy: energy.map(sum => sum / images) };
}

/** Those of images from `first` on, in all blocks. */
async function margins(
  trained: TrainedModel,
  x: Float32Array,
  blocks: readonly Block[],
  first: number,
  { signal, proceed, ...options }: Measuring,
): Promise<Margin[]> {
  const count = x.length / pixelsOf(trained.image);
  const found: Margin[] = [];
  for (const { from, subspaces } of blockGroups(blocks, atOnce.numbers)) {
    const part = await subspaceMargins(trained.runner, x, subspaces, {
      ...options,
      gains: gainsOf(trained),
      proceed: ended => {
        proceed(first * blocks.length + from * count + ended);
        if (signal.aborted) throw new Stopped();
      },
    });
    for (const one of part)
      found[one.image * blocks.length + from + one.subspace] = {
        ...one,
        image: first + one.image,
        subspace: from + one.subspace,
      };
  }
  return found;
}

/** What a pixel's change by 1 of black to white is at the model's input. */
function gainsOf({ image, preprocessing: { range, std } }: TrainedModel): number[] {
  const contrast = range === 'stored' ? 1 : range[1] - range[0];
  return Array.from({ length: image.channels }, (_, c) => contrast / (std[c] ?? std[0]));
}

/** Adds what gradients of the decision's logit have in each block. */
async function addEnergy(
  trained: TrainedModel,
  x: Float32Array,
  labels: readonly number[],
  blocks: readonly Block[],
  energy: Float64Array,
): Promise<void> {
  const { gradients } = await outputGradients(trained.runner, x, labels);
  const gains = gainsOf(trained);
  const pixels = pixelsOf(trained.image);
  const area = pixels / gains.length;
  const byPixel = labels.map((_, i) =>
    Float64Array.from(
      gradients.subarray(i * pixels, (i + 1) * pixels),
      (value, at) => value * gains[Math.floor(at / area)],
    ),
  );
  blocks.forEach(({ rows }, b) => {
    const subspace = rows();
    for (const gradient of byPixel)
      energy[b] += coefficientsOf(gradient, subspace).reduce((sum, c) => sum + c * c, 0);
  });
}
