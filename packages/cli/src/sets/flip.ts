import { join } from 'node:path';
import { inverse } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import { describeChange, flip as study, parseOrder } from '@nads/study';
import { nodeEnvironment } from '@nads/study/node';
import { runInFolder } from '../terminal/run-in-folder.js';
import { watchedWhole } from '../terminal/watched-whole.js';
import { openAlong, type SetAlongFlags } from './set-along.js';
import { show } from '../terminal/show.js';

/** Options of `nads flip`. */
export interface FlipFlags extends SetAlongFlags {
  readonly order: string;
  readonly inverse?: boolean;
  readonly seed?: number;
}

/** Runs `nads flip`. */
export async function flip(flags: FlipFlags): Promise<void> {
  const { out, order, seed, quiet } = flags;
  if (seed !== undefined && order !== 'shuffle')
    throw new OptionError(
      'seed',
      `'${order}' is not random and takes no seed; the seed of random directions is part of \`basis\`, as in random:64:3`,
    );
  const { set, basis, description } = openAlong(flags);
  const forth = parseOrder(order, basis.size, seed);
  const reordering = flags.inverse ? inverse(forth) : forth;
  await runInFolder({ command: 'flip', flags, main: 'flipped.npz' }, async store => {
    const result = await watchedWhole(quiet, watch =>
      study(set, basis, reordering, {
        ...nodeEnvironment(),
        ...watch,
        store,
      }),
    );
    if (!result) return false;
    const each = basis.shape.channels < set.shape.channels ? ' in each channel' : '';
    const lines = [
      description,
      `${flags.inverse ? 'inverse of ' : ''}${order} of the coefficients along ${basis.name}, ${basis.size} directions${each}`,
      describeChange(result.change),
      `written to ${join(out, 'flipped.npz')}`,
    ];
    const { change } = result;
    const file = join(out, 'flipped.npz');
    show(flags, lines, { data: description, basis: basis.name, order, change, file });
    return true;
  });
}
