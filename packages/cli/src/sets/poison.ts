import { join } from 'node:path';
import type { CarrierPlace } from '@nads/dataset';
import {
  describeChange,
  carrierChoice,
  decodeCarriers,
  poison as study,
  type PoisonSettings,
} from '@nads/study';
import { readInput } from '@nads/study/node';
import { runInFolder } from '../terminal/run-in-folder.js';
import { watchedWhole } from '../terminal/watched-whole.js';
import { openAlong, type SetAlong, type SetAlongFlags } from './set-along.js';
import { show } from '../terminal/show.js';

/** Options of `nads poison`. */
export interface PoisonFlags extends SetAlongFlags, Omit<PoisonSettings, 'carriers'> {
  /** A file. */
  readonly carriers?: string;
}

/** Runs `nads poison`. */
export async function poison(flags: PoisonFlags): Promise<void> {
  const { out, index, epsilon, quiet } = flags;
  const opened = openAlong(flags);
  const { set, basis, description } = opened;
  const carriers = flags.carriers === undefined ? undefined : readCarriers(flags.carriers, opened);
  await runInFolder({ command: 'poison', flags, main: 'poisoned.npz' }, async store => {
    const result = await watchedWhole(quiet, watch =>
      study(set, basis, { index, epsilon, carriers }, { ...watch, store }),
    );
    if (!result) return false;
    const written = join(out, 'poisoned.npz');
    const lines = [
      description,
      `carriers: ${basis.name}, ${describePlaces(result.carriers)}`,
      describeChange(result.change),
      `written to ${written}; train on it with nads train ARCHITECTURE --data ${written}`,
    ];
    const { change, carriers: places } = result;
    show(flags, lines, {
      data: description,
      basis: basis.name,
      carriers: places,
      change,
      file: written,
    });
    return true;
  });
}

const readCarriers = (file: string, { set, basis }: SetAlong): CarrierPlace[] =>
  decodeCarriers(readInput(file).toString(), carrierChoice(set, basis), file);

function describePlaces(places: readonly CarrierPlace[]): string {
  const directions = [...new Set(places.map(({ direction }) => direction))];
  const sizes = [...new Set(places.map(({ coefficient }) => Math.abs(coefficient)))];
  const shown = directions.slice(0, 8).join(', ') + (directions.length > 8 ? ', …' : '');
  const size =
    sizes.length === 1 ? `±${sizes[0]}` : `${Math.min(...sizes)} to ${Math.max(...sizes)} in size`;
  return `direction${directions.length > 1 ? 's' : ''} ${shown}, coefficient ${size} for each class`;
}
