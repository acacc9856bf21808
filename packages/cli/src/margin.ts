import { constants } from 'node:os';
import { join } from 'node:path';
import { encodeNpz } from '@nads/dataset';
import { Random, rankCorrelation, type Matrix } from '@nads/linalg';
import {
  coefficientsOf,
  outputGradients,
  pixelsOf,
  subspaceMargins,
  type Margin,
} from '@nads/probe';
import { balancedSample } from './analyze-sample.js';
import { explainLater } from './explain.js';
import { interruptionBySignal } from './interruption.js';
import { blockTable, marginTable, marginChart, type BlockMargins } from './margin-files.js';
import { describeData, openData } from './open-data.js';
import { Progress } from './progress.js';
import { quantile } from './quantile.js';
import { rowBasis } from './row-basis.js';
import { chosenIndices } from './sweep-directions.js';
import {
  openTrained,
  prepareImages,
  type TrainedModel,
  type TrainedOptions,
} from './trained-model.js';
import { requireFolder, writeTogether } from './write-file.js';

/** What `nads margin` is told. */
export interface MarginOptions extends TrainedOptions {
  readonly data: string;
  readonly basis: string;
  readonly block: number;
  readonly blocks?: string;
  readonly images: number;
  readonly classes: number;
  readonly overshoot: number;
  readonly iterations: number;
  readonly perturbations?: boolean;
  readonly seed: number;
  readonly out: string;
  readonly quiet?: boolean;
}

/** A block of a basis. */
interface Block {
  readonly index: number;
  readonly first: number;
  readonly last: number;
  readonly rows: Matrix;
}

/** Images whose searches run side by side. */
const imagesAtOnce = 16;

/** How far decision boundaries are along the blocks of a basis. */
export async function margin(file: string, options: MarginOptions): Promise<void> {
  const data = openData(options.data, options);
  const trained = await openTrained(file, options);
  const { image, runner } = trained;
  const basis = rowBasis(options.basis, image, options.seed);
  const blocks = blocksOf(basis, options);
  const set = balancedSample(data, options.images, new Random(options.seed).fork('images'));
  requireFolder(options.out, '--out');
  const say = (text: string): void => void (options.quiet || process.stderr.write(`${text}\n`));
  say(trained.description);
  const gains = gainsOf(trained);
  const progress = new Progress('margins', options.quiet);
  const { signal, stop } = interruptionBySignal();
  const found: Margin[] = [];
  const energy = new Float64Array(blocks.length);
  const total = set.count * blocks.length;
  let correct = 0;
  let done = 0;
  try {
    for (; done < set.count && !signal.aborted;) {
      const count = Math.min(imagesAtOnce, set.count - done);
      const first = done;
      const pictures = Array.from({ length: count }, (_, i) => set.image(first + i));
      const x = prepareImages(trained, pictures, i => set.nameOf(first + i));
      const part = await explainLater(file, () =>
        subspaceMargins(
          runner,
          x,
          blocks.map(({ rows }) => rows),
          {
            ...options,
            gains,
            proceed: ended => {
              progress.update(first * blocks.length + ended, total);
              if (signal.aborted) throw new Interrupted();
            },
          },
        ),
      ).catch((error: unknown) => {
        if (error instanceof Interrupted || (error as Error).cause instanceof Interrupted)
          return undefined;
        throw error;
      });
      if (!part) break;
      found.push(...part.map(one => ({ ...one, image: one.image + first })));
      const labels = Array.from({ length: count }, (_, i) => part[i * blocks.length].label);
      correct += labels.filter((label, i) => label === set.labels?.[first + i]).length;
      await addEnergy(trained, { x, labels, gains }, blocks, energy);
      done += count;
    }
  } finally {
    progress.end();
    stop();
  }
  if (signal.aborted) {
    process.exitCode = 128 + constants.signals[signal.reason as NodeJS.Signals];
    say(
      `nads: interrupted after ${done} of ${set.count} images; ${done === 0 ? 'nothing is written' : 'what was done is written'}`,
    );
  }
  if (done === 0) return;
  const margins = blocks.map((block, b): BlockMargins => ({
    ...block,
    norms: found.filter(({ subspace }) => subspace === b).map(({ norm }) => norm),
    energy: energy[b] / done,
  }));
  const names = Array.from({ length: done }, (_, i) => set.nameOf(i));
  writeTogether([
    [join(options.out, 'margins.csv'), marginTable(found, blocks, names, set.labels)],
    [join(options.out, 'blocks.csv'), blockTable(margins)],
    [join(options.out, 'margins.svg'), marginChart(margins, options.basis)],
    ...(options.perturbations
      ? [
          [
            join(options.out, 'perturbations.npz'),
            perturbations(found, blocks, done, trained),
          ] as const,
        ]
      : []),
  ]);
  const accuracy = set.labels ? `, accuracy ${((100 * correct) / done).toFixed(1)} %` : '';
  const lines = [
    `${file} on ${done} images of ${options.data} (${describeData(data)})${accuracy}`,
    ...summary(margins, options.basis),
    `written to ${options.out}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Thrown to leave a search at once. */
class Interrupted extends Error {}

function blocksOf(
  basis: ReturnType<typeof rowBasis>,
  { block, blocks, basis: spec }: MarginOptions,
): Block[] {
  if (block > basis.count)
    throw new Error(`--block: ${block} directions, ${spec} has ${basis.count}`);
  const count = Math.ceil(basis.count / block);
  return chosenIndices(blocks, { count }).map(index => {
    const first = index * block;
    const end = Math.min(basis.count, first + block);
    return { index, first, last: end - 1, rows: basis.rows(first, end) };
  });
}

/** What a pixel's change by 1 of black to white is at the model's input. */
function gainsOf({ image, preprocessing: { range, std } }: TrainedModel): number[] {
  const contrast = range === 'stored' ? 1 : Math.abs(range[1] - range[0]);
  return Array.from({ length: image.channels }, (_, c) => contrast / (std[c] ?? std[0]));
}

/** Adds the energy of gradients of the decision's logit, by pixel, in each block. */
async function addEnergy(
  { runner, image }: TrainedModel,
  { x, labels, gains }: { x: Float32Array; labels: readonly number[]; gains: readonly number[] },
  blocks: readonly Block[],
  energy: Float64Array,
): Promise<void> {
  const { gradients } = await outputGradients(runner, x, labels);
  const pixels = pixelsOf(image);
  const area = image.height * image.width;
  for (let i = 0; i < labels.length; i++) {
    const gradient = Float64Array.from(
      gradients.subarray(i * pixels, (i + 1) * pixels),
      (value, at) => value * gains[Math.floor(at / area)],
    );
    blocks.forEach(({ rows }, b) => {
      energy[b] += coefficientsOf(gradient, rows).reduce((sum, c) => sum + c * c, 0);
    });
  }
}

/** perturbations [n, blocks, C, H, W], by pixel from 0 to 1, and which blocks. */
function perturbations(
  found: readonly Margin[],
  blocks: readonly Block[],
  images: number,
  { image: { channels, height, width } }: TrainedModel,
): Uint8Array {
  const pixels = channels * height * width;
  const data = new Float32Array(found.length * pixels);
  found.forEach(({ image, subspace, perturbation }) =>
    data.set(perturbation, (image * blocks.length + subspace) * pixels),
  );
  return encodeNpz({
    perturbations: {
      dtype: 'float32',
      shape: [images, blocks.length, channels, height, width],
      data,
    },
    blocks: {
      dtype: 'int32',
      shape: [blocks.length],
      data: Int32Array.from(blocks, ({ index }) => index),
    },
  });
}

function summary(margins: readonly BlockMargins[], spec: string): string[] {
  const medians = margins.map(({ norms }) => quantile(norms, 0.5));
  const order = medians.map((_, b) => b).toSorted((a, b) => medians[a] - medians[b]);
  const name = (b: number): string =>
    `${margins[b].first}-${margins[b].last} (${medians[b].toPrecision(3)})`;
  const none = margins.reduce(
    (sum, { norms }) => sum + norms.filter(norm => norm === Infinity).length,
    0,
  );
  const correlation = rankCorrelation(
    medians,
    margins.map(({ energy }) => energy),
  );
  return [
    `median margins along ${spec}, of pixels from 0 to 1: smallest in directions ${order.slice(0, 3).map(name).join(', ')}, largest in ${name(order.at(-1)!)}`,
    ...(none > 0 ? [`${none} searches found no other decision; they count as infinite`] : []),
    ...(Number.isNaN(correlation)
      ? []
      : [
          `Spearman correlation of blocks' median margins with their energy of data gradients: ${correlation.toFixed(3)}`,
        ]),
  ];
}
