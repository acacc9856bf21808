import { join } from 'node:path';
import {
  droppedFirst,
  inverse,
  keptFirst,
  reorderCoefficients,
  reversed,
  shuffled,
  swapped,
  type Reordering,
} from '@nads/dataset';
import { Random } from '@nads/linalg';
import { matrixProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { openPixels, type PixelSetOptions } from './pixel-set.js';
import { rowBasis } from './row-basis.js';
import { setFiles, type ShownChange } from './set-files.js';
import { requireFolder, writeTogether } from './write-file.js';

/** What `nads flip` is told. */
export interface FlipOptions extends PixelSetOptions {
  readonly nads?: string;
  readonly basis?: string;
  readonly order: string;
  readonly inverse?: boolean;
  readonly seed: number;
  readonly out: string;
}

const shownImages = 8;

/** Writes a set with the coefficients along directions in another order. */
export async function flip(options: FlipOptions): Promise<void> {
  const { out, order } = options;
  if ((options.nads === undefined) === (options.basis === undefined))
    throw new Error('give either --nads or --basis: along which directions?');
  const source = options.basis ?? `nads:${options.nads}`;
  const { set, dims, description, parts } = openPixels(options);
  const [channels, height, width] = dims;
  const basis = rowBasis(source, { channels, height, width }, options.seed);
  const forth = orderOf(order, basis.count, options.seed);
  const reordering = options.inverse ? inverse(forth) : forth;
  requireFolder(out, '--out');
  const product = await matrixProduct(nodeRuntime);
  const rows = basis.rows(0, basis.count);
  const pixels = channels * height * width;
  const images = new Float32Array(set.count * pixels);
  const shown: ShownChange[] = [];
  let change = 0;
  for (const part of parts()) {
    const after = await reorderCoefficients(part.images, rows, reordering, product);
    images.set(after, part.first * pixels);
    for (let i = 0; i < part.count; i++) {
      const [old, now] = [part.images, after].map(all =>
        all.subarray(i * pixels, (i + 1) * pixels),
      );
      change += Math.sqrt(now.reduce((sum, value, k) => sum + (value - old[k]) ** 2, 0));
      if (shown.length < shownImages)
        shown.push({ name: `image ${part.first + i}`, before: old.slice(), after: now });
    }
  }
  const labels = set.labels && Int32Array.from(set.labels);
  writeTogether(setFiles(out, 'flipped', { dims, images, labels, shown }));
  const lines = [
    description,
    `${options.inverse ? 'inverse of ' : ''}${order} of the coefficients along ${source}, ${basis.count} directions${basis.columns === height * width && channels > 1 ? ' in each channel' : ''}`,
    `change: mean norm ${(change / set.count).toPrecision(4)}, black 0 and white 1`,
    `written to ${join(out, 'flipped.npz')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** 'reverse', 'shuffle', 'swap:0,9', 'keep:64' or 'drop:64'. @throws where it is none of them */
function orderOf(text: string, count: number, seed: number): Reordering {
  if (text === 'reverse') return reversed(count);
  if (text === 'shuffle') return shuffled(count, new Random(seed).fork('order'));
  const [, kind, a, b] = /^(swap|keep|drop):(\d+)(?:,(\d+))?$/.exec(text) ?? [];
  if (kind === 'swap' && b !== undefined) return swapped(count, Number(a), Number(b));
  if ((kind === 'keep' || kind === 'drop') && b === undefined && Number(a) <= count)
    return (kind === 'keep' ? keptFirst : droppedFirst)(count, Number(a));
  throw new Error(
    `--order: '${text}' is none of reverse, shuffle, swap:I,J, keep:K and drop:K, with numbers up to ${count}`,
  );
}
