import { pixelsOf } from '@nads/basis';
import type { LabelledImages } from '@nads/dataset';
import { coefficientsOf, outputGradients, type Margin, type MarginOptions } from '@nads/probe';
import type { Pool } from '@nads/runtime';
import { inTurns } from '../in-turns.js';
import { about } from '../named-error.js';
import { digest } from '../source-model.js';
import { prepareImages, type TrainedModel } from '../trained/trained-model.js';
import { unlessAborted } from '../unless-aborted.js';
import { blockGroups, type Block } from './blocks.js';
import { gainsOf } from './gains-of.js';
import type { MarginsJournal } from './margins-journal.js';
import { ownSearcher, poolSearcher, type Searcher } from './searcher.js';

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
export interface Measuring extends Omit<MarginOptions, 'gains' | 'signal'> {
  readonly signal?: AbortSignal;
  /** Margins that are known, and where others are kept. */
  readonly journal: MarginsJournal;
  /** What does the searches; this thread if not given. */
  readonly pool?: Pool;
}

/** Images and blocks whose searches run side by side, and numbers of the directions they run along: what is kept at a time. */
const atOnce = { images: 16, blocks: 8, numbers: 2 ** 25 };

/**
 * Margins and gradients by pixel from 0, black, to 1; those of the first images that are done where the signal is aborted.
 * @throws one line that names the model or the image
 */
export async function measureMargins(
  trained: TrainedModel,
  set: LabelledImages,
  blocks: readonly Block[],
  measuring: Measuring,
): Promise<MeasuredMargins> {
  const chunks = chunksOf(trained, set);
  const parts = await searchAll(trained, chunks, blocks, measuring);
  const found: Margin[] = [];
  const energy = new Float64Array(blocks.length);
  let [images, correct] = [0, 0];
  for (const [at, { first, count, x }] of chunks.entries()) {
    const part = parts[at];
    if (!part) break;
    const labels = Array.from({ length: count }, (_, i) => part[i * blocks.length].label);
    await addEnergy(trained, x(), labels, blocks, energy);
    found.push(...part.map(one => ({ ...one, image: first + one.image })));
    correct += labels.filter((label, i) => label === set.labels?.[first + i]).length;
    images += count;
  }
  return { images, found, correct, energy: energy.map(sum => sum / images) };
}

/** Images in a row whose searches run side by side. */
interface Chunk {
  /** Which is the first. */
  readonly first: number;
  readonly count: number;
  /** As the model takes them. */
  readonly x: () => Float32Array;
}

function chunksOf(trained: TrainedModel, set: LabelledImages): Chunk[] {
  return Array.from({ length: Math.ceil(set.count / atOnce.images) }, (_, at) => {
    const first = at * atOnce.images;
    const count = Math.min(atOnce.images, set.count - first);
    return { first, count, x: () => preparedImages(trained, set, first, count) };
  });
}

/** Those of each chunk; undefined of what is not done when the signal is aborted. */
async function searchAll(
  trained: TrainedModel,
  chunks: readonly Chunk[],
  blocks: readonly Block[],
  { pool, onProgress, ...measuring }: Measuring,
): Promise<(readonly Margin[] | undefined)[]> {
  const { signal } = measuring;
  const searcher = pool ? poolSearcher(pool, trained, measuring) : ownSearcher(trained, measuring);
  const stop = (): void => void searcher.end();
  signal?.addEventListener('abort', stop);
  const parts: (readonly Margin[] | undefined)[] = chunks.map(() => undefined);
  const total = chunks.reduce((sum, { count }) => sum + count * blocks.length, 0);
  const done = new Map<string, number>();
  const tell = (key: string, count: number): void => {
    done.set(key, count);
    const sum = [...done.values()].reduce((a, b) => a + b, 0);
    onProgress?.({ unit: 'margins', done: sum, total });
  };
  try {
    await inTurns(
      chunks.entries(),
      pool ? Math.ceil((searcher.atOnce * atOnce.blocks) / blocks.length) + 1 : 1,
      async ([at, chunk]) => {
        parts[at] = await unlessAborted(signal, () =>
          about(trained.source.name, () =>
            marginsOf(trained, chunk, blocks, { searcher, journal: measuring.journal, tell }),
          ),
        );
      },
      signal,
    );
  } finally {
    signal?.removeEventListener('abort', stop);
    await searcher.end();
  }
  return parts;
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

/** What a chunk is searched with. */
interface Searching {
  readonly searcher: Searcher;
  readonly journal: MarginsJournal;
  /** Told how many margins of a part are done. */
  readonly tell: (part: string, done: number) => void;
}

/** Those of some images in all blocks. */
async function marginsOf(
  trained: TrainedModel,
  { first, count, x: prepare }: Chunk,
  blocks: readonly Block[],
  { searcher, journal, tell }: Searching,
): Promise<Margin[]> {
  const x = prepare();
  const pixels = pixelsOf(trained.image);
  const sha256 = digest(new Uint8Array(x.buffer, x.byteOffset, x.byteLength));
  const found: Margin[] = [];
  const groups = blockGroups(blocks, atOnce.numbers, atOnce.blocks);
  await inTurns(groups, searcher.atOnce, async ({ from, subspaces }) => {
    const key = `${first}/${from}`;
    const part = { image: first, block: from, sha256, images: count, blocks: subspaces.length };
    const known = journal.find(part, { outputs: trained.runner.outputs, pixels, subspaces });
    const margins =
      known ?? (await searcher.search({ images: x, subspaces }, done => tell(key, done)));
    if (!known) await journal.add(part, margins);
    tell(key, margins.length);
    for (const one of margins)
      found[one.image * blocks.length + from + one.subspace] = {
        ...one,
        subspace: from + one.subspace,
      };
  });
  return found;
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
