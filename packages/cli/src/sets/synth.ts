import { formatShape, oneAddress } from '@nads/basis';
import { encodeSyntheticSet, synth as study, type SynthSettings } from '@nads/study';
import { requireWritable, writeWhole } from '@nads/study/node';
import { openBasis } from '../terminal/open-basis.js';
import { watchedWhole } from '../terminal/watched-whole.js';
import { show, type ShowFlags } from '../terminal/show.js';

/** Options of `nads synth`. */
export interface SynthFlags extends SynthSettings, ShowFlags {
  readonly basis: string;
  readonly index: string;
  readonly channels: number;
  readonly size: readonly [height: number, width: number];
  readonly out: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

/** Runs `nads synth`. */
export async function synth(flags: SynthFlags): Promise<void> {
  const { channels, out, quiet } = flags;
  const [height, width] = flags.size;
  const basis = openBasis(flags.basis, { channels, height, width });
  requireWritable(out, flags.force);
  const address = oneAddress(flags.index, basis, 'index');
  const result = await watchedWhole(quiet, watch => study(basis, address, flags, watch));
  if (!result) return;
  writeWhole(out, encodeSyntheticSet(result));
  const { labels, shape } = result;
  const text = `${labels.length} images ${formatShape(shape)}, written to ${out}`;
  show(flags, [text], { images: labels.length, shape, out });
}
