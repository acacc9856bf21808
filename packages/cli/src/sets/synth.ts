import { addresses, formatShape } from '@nads/basis';
import { OptionError } from '@nads/linalg';
import { encodeSyntheticSet, synth as study, type SynthSettings } from '@nads/study';
import { readBasis, writeWhole } from '@nads/study/node';
import { sayNote } from '../terminal/say-note.js';
import { watchedWhole } from '../terminal/watched-whole.js';

/** Options of `nads synth`. */
export interface SynthFlags extends SynthSettings {
  readonly basis: string;
  readonly index: string;
  readonly channels: number;
  readonly size: readonly [height: number, width: number];
  readonly output: string;
  readonly quiet?: boolean;
}

/** Runs `nads synth`. */
export async function synth(flags: SynthFlags): Promise<void> {
  const { channels, output, quiet } = flags;
  const [height, width] = flags.size;
  const basis = sayNote(readBasis(flags.basis, { channels, height, width }));
  const [address, ...more] = addresses(flags.index, basis, 'index');
  if (more.length > 0)
    throw new OptionError('index', `'${flags.index}' names ${more.length + 1}; a set has one`);
  const result = await watchedWhole(quiet, watch => study(basis, address, flags, watch));
  if (!result) return;
  writeWhole(output, encodeSyntheticSet(result));
  const { labels, shape } = result;
  process.stdout.write(`${labels.length} images ${formatShape(shape)}, written to ${output}\n`);
}
