import { indices } from '@nads/basis';
import {
  dropped,
  droppedFirst,
  keptFirst,
  reversed,
  shuffled,
  swapped,
  type Reordering,
} from '@nads/dataset';
import { OptionError, Random } from '@nads/linalg';

/**
 * The reordering of `count` coefficients that a text names: 'reverse', 'shuffle', 'swap:0,9', 'keep:64', 'drop:64' or
 * 'without:9,12-15'.
 * @param seed of the shuffle
 * @throws OptionError where it is none of them
 */
export function parseOrder(text: string, count: number, seed = 0): Reordering {
  if (text === 'reverse') return reversed(count);
  if (text === 'shuffle') return shuffled(count, new Random(seed).fork('order'));
  const [, kind, a, b] = /^(swap|keep|drop):(\d+)(?:,(\d+))?$/.exec(text) ?? [];
  if (kind === 'swap' && Math.max(Number(a), Number(b)) < count)
    return swapped(count, Number(a), Number(b));
  if ((kind === 'keep' || kind === 'drop') && b === undefined && Number(a) <= count)
    return (kind === 'keep' ? keptFirst : droppedFirst)(count, Number(a));
  if (text.startsWith('without:'))
    return dropped(count, indices(text.slice('without:'.length), count, 'order'));
  throw new OptionError(
    'order',
    `unknown order '${text}'; expected reverse, shuffle, swap:I,J, keep:K, drop:K or without:LIST, with numbers up to ${count}`,
  );
}
