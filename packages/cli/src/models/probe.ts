import { encodeNpy } from '@nads/dataset';
import { gradientsAt, secantsAt, type GradientSettings, type SecantSettings } from '@nads/study';
import { nodeEnvironment, readImages, requireWritable, writeWhole } from '@nads/study/node';
import type { ProviderFlags } from '../commands/provider-option.js';
import { caution } from '../terminal/say.js';
import { unresolvedSecants } from '../terminal/unresolved-secants.js';
import { openOutput, type OutputFlags } from '../terminal/open-output.js';
import { watchedToTheEnd } from '../terminal/watched-to-the-end.js';
import { show, type ShowFlags } from '../terminal/show.js';

/** Options of `nads probe`. */
interface ProbeFlags
  extends SecantSettings, GradientSettings, OutputFlags, ProviderFlags, ShowFlags {
  readonly points: string;
  readonly out: string;
  readonly force?: boolean;
  readonly probe: 'secant' | 'gradient';
}

/** Writes secants or gradients of a file's own weights at given points. */
export async function probe(file: string, flags: ProbeFlags): Promise<void> {
  const { points, out, quiet } = flags;
  const source = openOutput(file, flags);
  const own = nodeEnvironment(flags.provider);
  const result = await watchedToTheEnd(quiet, async watch => {
    const environment = { ...own, ...watch };
    const opened =
      flags.probe === 'gradient'
        ? await gradientsAt(source, flags, environment)
        : secantsAt(source, flags, environment);
    const given = readImages(points, opened.image);
    requireWritable(out, flags.force);
    return opened.at(given);
  });
  const { shape, data, unresolved } = result;
  writeWhole(out, encodeNpy({ dtype: 'float32', shape, data }));
  if (unresolved) caution(unresolvedSecants(unresolved, 'point'));
  show(flags, [`[${shape.join(', ')}], written to ${out}`], {
    shape,
    unresolved,
    out,
    runtime: own.runtime.name,
  });
}
