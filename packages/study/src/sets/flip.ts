import { join } from 'node:path';
import {
  dropped,
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
import { chosenIndices } from '../directions/chosen-indices.js';
import { requireFolder } from '../files/write-file.js';
import { writeChangedSet } from './changed-set.js';
import { openAlong, type SetAlongOptions } from './set-along.js';

/** What `nads flip` is told. */
export interface FlipOptions extends SetAlongOptions {
  readonly order: string;
  readonly inverse?: boolean;
  readonly out: string;
}

/** Writes a set with the coefficients along directions in another order. */
export async function flip(options: FlipOptions): Promise<void> {
  const { out, order } = options;
  const opened = openAlong(options);
  const { description, basis, source, isByChannel } = opened;
  const forth = orderOf(order, basis.count, options.seed);
  const reordering = options.inverse ? inverse(forth) : forth;
  requireFolder(out, '--out');
  const product = await matrixProduct(nodeRuntime);
  const rows = basis.rows(0, basis.count);
  const size = await writeChangedSet(join(out, 'flipped'), opened, ({ images }) =>
    reorderCoefficients(images, rows, reordering, product),
  );
  const lines = [
    description,
    `${options.inverse ? 'inverse of ' : ''}${order} of the coefficients along ${source}, ${basis.count} directions${isByChannel ? ' in each channel' : ''}`,
    `change: ${size.text()}`,
    `written to ${join(out, 'flipped.npz')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** 'reverse', 'shuffle', 'swap:0,9', 'keep:64', 'drop:64' or 'without:9,12-15'. @throws where it is none of them */
function orderOf(text: string, count: number, seed: number): Reordering {
  if (text === 'reverse') return reversed(count);
  if (text === 'shuffle') return shuffled(count, new Random(seed).fork('order'));
  const [, kind, a, b] = /^(swap|keep|drop):(\d+)(?:,(\d+))?$/.exec(text) ?? [];
  if (kind === 'swap' && b !== undefined) return swapped(count, Number(a), Number(b));
  if ((kind === 'keep' || kind === 'drop') && b === undefined && Number(a) <= count)
    return (kind === 'keep' ? keptFirst : droppedFirst)(count, Number(a));
  if (text.startsWith('without:'))
    return dropped(count, chosenIndices(text.slice('without:'.length), { count }, '--order'));
  throw new Error(
    `--order: '${text}' is none of reverse, shuffle, swap:I,J, keep:K, drop:K and without:LIST, with numbers up to ${count}`,
  );
}
