import { pixelsOf } from '@nads/basis';
import type { LabelledImages } from '@nads/dataset';
import {
  coefficientsOf,
  outputGradients,
  subspaceMargins,
  type Margin,
  type MarginOptions,
} from '@nads/probe';
import { about } from '../named-error.js';
import { digest } from '../source-model.js';
import { prepareImages, type TrainedModel } from '../trained/trained-model.js';
import { unlessAborted } from '../unless-aborted.js';
import { blockGroups, type Block } from './blocks.js';
import type { MarginsJournal } from './margins-journal.js';

/** Margins of the first images of a set in blocks of a basis. */
export interface MeasuredMargins {
  /** How many images. */
  readonly images: number;
  /** Image by image, those of an image in the order of the blocks. */
  readonly found: readonly Margin[];
  /** How many images have the label that the model gives them. */
  readonly correct: number;
  /** E‖P ∇f‖² of each block, P the projection onto it and f the logit of the decision. */
  readonly energy: Float64Array;
}

/** How margins are searched for and monitored. */
export interface Measuring extends Omit<MarginOptions, 'gains'> {
  /** Margins that are known, and where others are kept. */
  readonly journal: MarginsJournal;
}

/** Images and blocks whose searches run side by side, and numbers of the directions they run along: what is kept at a time. */
const atOnce = { images: 16, blocks: 8, numbers: 2 ** 25 };

/**
 * Margins and gradients by pixel from 0, black, to 1; those of the images that are done where the signal is aborted.
 * @throws one line that names the model or the image
 */
export async function measureMargins(
  trained: TrainedModel,
  set: LabelledImages,
  blocks: readonly Block[],
  measuring: Measuring,
): Promise<MeasuredMargins> {
  const found: Margin[] = [];
  const energy = new Float64Array(blocks.length);
  let [images, correct] = [0, 0];
  while (images < set.count) {
    const first = images;
    const count = Math.min(atOnce.images, set.count - first);
    const x = preparedImages(trained, set, first, count);
    const watching = { ...measuring, onProgress: onwards(first, set.count, blocks, measuring) };
    const part = await unlessAborted(measuring.signal, () =>
      about(trained.source.name, () => marginsOf(trained, { first, x }, blocks, watching)),
    );
    if (!part) break;
    const labels = Array.from({ length: count }, (_, i) => part[i * blocks.length].label);
    await addEnergy(trained, x, labels, blocks, energy);
    found.push(...part.map(one => ({ ...one, image: first + one.image })));
    correct += labels.filter((label, i) => label === set.labels?.[first + i]).length;
    images += count;
  }
  return { images, found, correct, energy: energy.map(sum => sum / images) };
}

function preparedImages(
  trained: TrainedModel,
  set: LabelledImages,
  first: number,
  count: number,
): Float32Array {
  const pictures = Array.from({ length: count }, (_, i) => set.image(first + i));
  return prepareImages(trained, pictures, i => set.nameOf(first + i));
}

/** The progress of some images as that of all. */
const onwards =
  (
    first: number,
    images: number,
    { length }: readonly Block[],
    { onProgress }: Measuring,
  ): Measuring['onProgress'] =>
  ({ unit, done }) =>
    onProgress?.({ unit, done: first * length + done, total: images * length });

/** Some images as the model takes them. */
interface SomeImages {
  /** Which is the first. */
  readonly first: number;
  readonly x: Float32Array;
}

/** Those of some images in all blocks. */
async function marginsOf(
  trained: TrainedModel,
  { first, x }: SomeImages,
  blocks: readonly Block[],
  { onProgress, journal, ...options }: Measuring,
): Promise<Margin[]> {
  const pixels = pixelsOf(trained.image);
  const images = x.length / pixels;
  const sha256 = digest(new Uint8Array(x.buffer, x.byteOffset, x.byteLength));
  const found: Margin[] = [];
  for (const { from, subspaces } of blockGroups(blocks, atOnce.numbers, atOnce.blocks)) {
    const part = { image: first, block: from, sha256, images, blocks: subspaces.length };
    const known = journal.find(part, { outputs: trained.runner.outputs, pixels, subspaces });
    const margins =
      known ??
      (await subspaceMargins(trained.runner, x, subspaces, {
        ...options,
        gains: gainsOf(trained),
        onProgress: ({ unit, done }) => onProgress?.({ unit, done: from * images + done }),
      }));
    if (!known) await journal.add(part, margins);
    for (const one of margins)
      found[one.image * blocks.length + from + one.subspace] = {
        ...one,
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
